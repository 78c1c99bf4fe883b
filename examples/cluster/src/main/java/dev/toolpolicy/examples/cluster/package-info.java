/**
 * Limits that several processes share.
 *
 * <pre>
 *  process 1 ──▶ Evaluator ──▶ Bucket4jCounters.over ──┐
 *  process 2 ──▶ Evaluator ──▶ Bucket4jCounters.over ──┼──▶ RedisStore ──▶ Redis
 *  process 3 ──▶ Evaluator ──▶ Bucket4jCounters.over ──┘
 * </pre>
 *
 * <p>{@link dev.toolpolicy.examples.cluster.RedisStore} is where to begin: it is all that a host with Redis has to write.
 * Approvals that processes share are in {@code .approvals}: of them nothing is in Redis.
 */
@NullMarked
package dev.toolpolicy.examples.cluster;

import org.jspecify.annotations.NullMarked;
