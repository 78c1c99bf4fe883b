package dev.toolpolicy.jsonschema;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/** Dates and times of RFC 3339, section 5.6, with the bounds of section 5.7. */
final class Rfc3339 {
    private static final int DATE_LENGTH = 10;
    private static final int MINUTES_OF_DAY = 24 * 60;

    private Rfc3339() {}

    /** A {@code full-time}. Its minute is UTC's, counted from the start of its own day: below 0 is the day before. */
    private record Clock(int utcMinute, int second) {
        /** Whether a leap second, if it is one, comes at the end of a day in UTC. */
        boolean isOfSomeDay() {
            return second < 60 || Math.floorMod(utcMinute, MINUTES_OF_DAY) == MINUTES_OF_DAY - 1;
        }

        /** Any month may have a leap second at its end: which one has is announced half a year ahead. */
        boolean isOf(LocalDate day) {
            LocalDate utcDay = day.plusDays(Math.floorDiv(utcMinute, MINUTES_OF_DAY));
            return second < 60 || (isOfSomeDay() && utcDay.getDayOfMonth() == utcDay.lengthOfMonth());
        }
    }

    static boolean isDate(String text) {
        return date(text).isPresent();
    }

    static boolean isTime(String text) {
        return clock(text).filter(Clock::isOfSomeDay).isPresent();
    }

    static boolean isDateTime(String text) {
        if (text.length() <= DATE_LENGTH) return false;
        char between = text.charAt(DATE_LENGTH);
        if (between != 'T' && between != 't') return false;
        Optional<Clock> clock = clock(text.substring(DATE_LENGTH + 1));
        return date(text.substring(0, DATE_LENGTH))
                .flatMap(day -> clock.filter(time -> time.isOf(day)))
                .isPresent();
    }

    private static Optional<LocalDate> date(String text) {
        if (text.length() != DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') return Optional.empty();
        int year = number(text, 0, 4, 9999);
        int month = number(text, 5, 2, 12);
        int day = number(text, 8, 2, 31);
        if (year < 0 || month < 1 || day < 1) return Optional.empty();
        YearMonth of = YearMonth.of(year, month);
        return of.isValidDay(day) ? Optional.of(of.atDay(day)) : Optional.empty();
    }

    private static Optional<Clock> clock(String text) {
        int hour = number(text, 0, 2, 23);
        int minute = number(text, 3, 2, 59);
        int second = number(text, 6, 2, 60);
        if (hour < 0 || minute < 0 || second < 0) return Optional.empty();
        if (text.charAt(2) != ':' || text.charAt(5) != ':') return Optional.empty();
        int end = 8;
        if (text.startsWith(".", end)) {
            end = Ascii.endOfDigits(text, end + 1);
            if (end == 9) return Optional.empty();
        }
        return offset(text.substring(end)).map(offset -> new Clock(hour * 60 + minute - offset, second));
    }

    /** The minutes by which a clock is ahead of UTC. */
    private static Optional<Integer> offset(String text) {
        if (text.equals("Z") || text.equals("z")) return Optional.of(0);
        if (text.length() != 6 || text.charAt(3) != ':') return Optional.empty();
        char sign = text.charAt(0);
        int hours = number(text, 1, 2, 23);
        int minutes = number(text, 4, 2, 59);
        if ((sign != '+' && sign != '-') || hours < 0 || minutes < 0) return Optional.empty();
        int ahead = hours * 60 + minutes;
        return Optional.of(sign == '+' ? ahead : -ahead);
    }

    /** The number of so many digits that stands there; -1 if none does, or if it is more than {@code most}. */
    private static int number(String text, int from, int digits, int most) {
        if (text.length() < from + digits) return -1;
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            char c = text.charAt(i);
            if (!Ascii.isDigit(c)) return -1;
            number = number * 10 + (c - '0');
        }
        return number <= most ? number : -1;
    }
}
