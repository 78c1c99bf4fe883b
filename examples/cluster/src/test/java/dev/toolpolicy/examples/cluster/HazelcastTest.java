package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import org.junit.jupiter.api.Test;

class HazelcastTest {
    @Test
    void twoMembersShareABucketAndOneKeepsWhatBothKnew() throws Exception {
        try (HazelcastMembers members = HazelcastMembers.start()) {
            assertThat(members.size()).isEqualTo(2);
            BucketProxy first = bucket(members, 0);
            assertThat(first.tryConsume(3)).isTrue();
            assertThat(bucket(members, 1).tryConsume(4)).isTrue();
            assertThat(first.getAvailableTokens()).isEqualTo(3);

            members.killSecond();
            Eventually.so("one is left", () -> members.size() == 1);
            assertThat(first.getAvailableTokens()).isEqualTo(3);
        }
    }

    private static BucketProxy bucket(HazelcastMembers members, int member) {
        return Bare.ten(Bucket4jHazelcast.entryProcessorBasedBuilder(members.buckets(member)), "spent");
    }
}
