package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Risk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What words say of the tools that are called by them. A word that is not in here says nothing: it never makes a tool look
 * harmless. To teach a draft a word is to add it to a list here.
 */
final class RiskWords {
    /** Only these are read. What may as well change something (`load`, `scan`, `sync`, `watch`) stays out. */
    private static final Set<String> READ = words("""
            get list read show view describe fetch find search lookup check validate verify inspect peek count
            browse compare diff explain help ping preview summarize summarise analyze analyse lint parse
            calculate compute estimate retrieve
            """);

    private static final Set<String> WRITE = words("""
            create add insert update set put patch post write edit modify change rename move copy upload
            download save store send publish push emit notify reply respond comment append assign unassign
            enable disable register subscribe unsubscribe connect disconnect bind unbind listen attach detach
            merge commit tag label upsert import export sync schedule extend place submit sign open close join
            leave invite share grant approve reject accept link replace configure toggle mark lock unlock follow
            forward fork clone generate make provision allocate reserve book cancel abort halt stop pause resume
            suspend revoke archive restore fix rebuild reindex refresh rotate alter migrate increment decrement
            reorder promote demote escalate mutate capture drain teardown
            """);

    private static final Set<String> EXECUTE = words("""
            execute exec run eval evaluate invoke call request query spawn launch shell bash terminal command
            cmd script sql compile build deploy install trigger dispatch start restart perform process apply
            """);

    private static final Set<String> FINANCIAL = words("""
            pay buy sell withdraw spend donate invest borrow lend repay liquidate remit checkout redeem unstake disburse wire
            """);

    private static final Set<String> DESTRUCTIVE = words("""
            delete del remove rm purge drop truncate destroy erase wipe clear flush prune reset terminate kill
            uninstall overwrite unlink shred nuke discard evict rollback revert shutdown reboot deprovision
            decommission
            """);

    private static final Map<String, Risk> VERBS = verbs();

    /** Of money, whether as what is done or what it is done to; after a verb that reads, what is read. */
    private static final Set<String> MONEY = words("""
            order orders payment payments payout payouts transfer transfers trade trades swap swaps charge
            charges refund refunds purchase purchases deposit deposits withdrawal withdrawals invoice invoices
            billing wallet wallets funds money cash balance price prices budget payroll salary loan donation bid
            stake mint airdrop portfolio crypto
            """);

    /** Verbs that are as often what a verb that reads is asked for: {@code get_run}, {@code list_commit}. */
    private static final Set<String> ALSO_NOUNS = words("""
            set update change post comment run build call request query command cmd script shell terminal sql
            tag label commit fork copy link share reply patch import export schedule trigger lock mark register
            place store process merge book start grant archive wire
            """);

    /** What a tool tells whose name has no verb. */
    private static final Set<String> TOLD = words("""
            status health info overview version stats statistics summary help history
            """);

    /** Of whom it is told: a word that is neither here nor told may be a verb that nobody foresaw. */
    private static final Set<String> SUBJECTS = words("""
            connection server system service cluster queue database network api
            """);

    /** They stop what was begun. Hidden, nobody could. */
    private static final Set<String> BRAKES = words("""
            cancel abort halt revoke
            """);

    private static final Set<String> PREPARING = words("""
            build prepare simulate quote draft
            """);

    private static final Set<String> LISTENING = words("""
            subscribe listen watch monitor
            """);

    /** They look at code, and do not run it. */
    private static final Set<String> JUDGING = words("""
            validate lint parse
            """);

    private static final Set<String> JOINING = words("""
            and or then
            """);

    /** In a word that is run together, or inflected. No verb that reads: nothing is guessed to be harmless. */
    private static final List<Stem> STEMS = stems(Map.of(
            Risk.DESTRUCTIVE,
            "delet delete remov remove purg truncat destroy destruct eras erase wipe terminat overwrit",
            Risk.FINANCIAL,
            "transfer payment withdraw purchas purchase refund invoic money billing",
            Risk.EXECUTE,
            "exec execute shell command"));

    /** How much: an argument of this name is what a call costs, whatever the tool is called. */
    private static final Set<String> AMOUNTS = words("""
            amount amounts lamports wei gwei satoshi satoshis sats cents usd eur gbp usdc usdt btc iban slippage
            leverage stake payment money funds
            """);

    /** Of money too, but what is read is often found by it. */
    private static final Set<String> PRICES = words("""
            price cost fee budget salary currency
            """);

    private static final Set<String> BOUNDS = words("""
            min max minimum maximum filter sort
            """);

    private static final Set<String> CODE = words("""
            sql command commands cmd shell script scripts code javascript python bash powershell program
            executable argv cypher graphql statement statements lua
            """);

    /** Whose queries change as well as read. */
    private static final Set<String> DATABASES = words("""
            query sql database db graphql cypher neo4j sqlite postgres postgresql mysql mongo mongodb
            """);

    /** A switch of this name makes of a tool that reads one that changes something: {@code lint} with {@code fix}. */
    private static final Set<String> SWITCHES = words("""
            fix autofix apply execute exec write save update create delete remove purge drop truncate destroy
            erase wipe clear flush prune reset kill publish send submit commit push ack acknowledge consume overwrite
            pay buy sell upsert insert deploy
            """);

    private static final Set<String> PATHS = words("""
            path paths file files filename filepath directory dir folder
            """);

    private static final Set<String> HOSTS = words("""
            url urls uri endpoint host hostname webhook
            """);

    private static final Set<String> OPENING = words("""
            connect bind listen remote server host
            """);

    /** What is chosen to move money; the other words of money are as often what is asked for. */
    private static final Set<String> MOVES = words("""
            transfer swap trade charge refund purchase deposit withdrawal payout stake mint bid airdrop
            """);

    /** Arguments by which one tool is several. */
    private static final Set<String> CHOICES = words("""
            action operation op method verb command cmd mode
            """);

    private RiskWords() {}

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (StringTokenizer rest = new StringTokenizer(text); rest.hasMoreTokens(); ) words.add(rest.nextToken());
        return Collections.unmodifiableSet(words);
    }

    private static Map<String, Risk> verbs() {
        Map<String, Risk> verbs = new HashMap<>();
        READ.forEach(verb -> verbs.put(verb, Risk.READ));
        WRITE.forEach(verb -> verbs.put(verb, Risk.WRITE));
        EXECUTE.forEach(verb -> verbs.put(verb, Risk.EXECUTE));
        FINANCIAL.forEach(verb -> verbs.put(verb, Risk.FINANCIAL));
        DESTRUCTIVE.forEach(verb -> verbs.put(verb, Risk.DESTRUCTIVE));
        return Map.copyOf(verbs);
    }

    /** What a verb does, if it is one. */
    static Optional<Risk> verb(String word) {
        return Optional.ofNullable(VERBS.get(word));
    }

    static boolean reads(String word) {
        return VERBS.get(word) == Risk.READ;
    }

    static boolean isMoney(String word) {
        return MONEY.contains(word);
    }

    static boolean isAlsoNoun(String word) {
        return ALSO_NOUNS.contains(word) || MONEY.contains(word);
    }

    static boolean isTold(String word) {
        return TOLD.contains(word);
    }

    static boolean isSubject(String word) {
        return SUBJECTS.contains(word);
    }

    static boolean isBrake(String word) {
        return BRAKES.contains(word);
    }

    static boolean isPreparing(String word) {
        return PREPARING.contains(word);
    }

    static boolean isListening(String word) {
        return LISTENING.contains(word);
    }

    static boolean isJudging(String word) {
        return JUDGING.contains(word);
    }

    static boolean isJoining(String word) {
        return JOINING.contains(word);
    }

    /** Whether any list has it: then it is no name of a server's own. */
    static boolean isKnown(String word) {
        return VERBS.containsKey(word) || MONEY.contains(word) || TOLD.contains(word) || SUBJECTS.contains(word);
    }

    private static List<Stem> stems(Map<Risk, String> texts) {
        List<Stem> stems = new ArrayList<>();
        new EnumMap<>(texts).forEach((risk, text) -> words(text).forEach(word -> stems.add(new Stem(word, risk))));
        return List.copyOf(stems);
    }

    /** The beginning of a verb in several of its forms. */
    record Stem(String text, Risk risk) {
        private static final int WHOLE_VERB = 5;

        /** Whether a word begins with it, or ends with it where that is no accident, as `wipe` in `swipe`. */
        boolean isIn(String word) {
            return word.startsWith(text) || (text.length() >= WHOLE_VERB && word.endsWith(text));
        }
    }

    static List<Stem> stems() {
        return STEMS;
    }

    static boolean isAmount(String word) {
        return AMOUNTS.contains(word);
    }

    static boolean isPrice(String word) {
        return PRICES.contains(word);
    }

    static boolean isBound(String word) {
        return BOUNDS.contains(word);
    }

    static boolean isCode(String word) {
        return CODE.contains(word);
    }

    static boolean isDatabase(String word) {
        return DATABASES.contains(word);
    }

    static boolean isSwitch(String word) {
        return SWITCHES.contains(word);
    }

    static boolean isMove(String word) {
        return MOVES.contains(word);
    }

    static boolean isPath(String word) {
        return PATHS.contains(word);
    }

    static boolean isHost(String word) {
        return HOSTS.contains(word);
    }

    static boolean isOpening(String word) {
        return OPENING.contains(word);
    }

    static boolean isChoice(String word) {
        return CHOICES.contains(word);
    }
}
