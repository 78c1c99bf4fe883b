package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import org.junit.jupiter.api.Test;

class PostgresTest {
    @Test
    void keepsWhatItWasToldWhenItIsKilledAndStartedAgainAndWhenItStandsStill() throws Exception {
        try (Postgres postgres = Postgres.start();
                HikariDataSource pool = Postgres.pool(postgres.port(), 4)) {
            BucketProxy bucket = bucket(pool);
            assertThat(bucket.tryConsume(7)).isTrue();

            postgres.kill();
            assertThatThrownBy(() -> bucket.tryConsume(1)).isNotNull();
            postgres.restart();
            Eventually.so("connected again", () -> bucket.getAvailableTokens() == 3);

            postgres.pause();
            try {
                assertThatThrownBy(() -> bucket.tryConsume(1)).isNotNull();
            } finally {
                postgres.resume();
            }
            Eventually.so("it answers", () -> bucket.getAvailableTokens() >= 2);
        }
    }

    private static BucketProxy bucket(HikariDataSource pool) {
        return Bare.ten(
                Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool).primaryKeyMapper(PrimaryKeyMapper.STRING),
                "spent");
    }
}
