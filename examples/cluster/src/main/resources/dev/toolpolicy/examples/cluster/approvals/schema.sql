-- What processes keep together that share approvals. Plain SQL but for TEXT, which is CLOB elsewhere.
-- Whoever can write here can approve: give that right to the hosts alone. It holds arguments: so, too, the right to read.

CREATE TABLE toolpolicy_approval (
    id VARCHAR(32) NOT NULL PRIMARY KEY,
    -- The question's key as long as the row says something of it; null when it is used or has lapsed. Of each question at
    -- most one row says something, whatever goes wrong elsewhere.
    open_key VARCHAR(64) UNIQUE,
    -- What is asked. Whole, so that any process can show it to a person.
    question_key VARCHAR(64) NOT NULL,
    namespace TEXT NOT NULL,
    grant_name VARCHAR(256) NOT NULL,
    session_name VARCHAR(256),
    attributes TEXT NOT NULL,
    tool TEXT NOT NULL,
    arguments TEXT NOT NULL,
    rules TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    -- How it stands. Times are milliseconds since 1970, all of them by the clock of this database.
    state VARCHAR(8) NOT NULL,
    asked BIGINT NOT NULL,
    since BIGINT NOT NULL,
    lapses BIGINT NOT NULL,
    answered_by VARCHAR(256) NOT NULL,
    answered_why VARCHAR(1000) NOT NULL,
    -- The one call that may use the approval, and until when.
    hold VARCHAR(32),
    hold_ends BIGINT
);

-- What waits and what has lapsed, of one namespace.
CREATE INDEX toolpolicy_approval_open ON toolpolicy_approval (state, namespace, lapses);
-- What is over for long.
CREATE INDEX toolpolicy_approval_closed ON toolpolicy_approval (state, since);

-- One row, which whoever asks something new locks: so no two ask the same, and the bounds are kept.
CREATE TABLE toolpolicy_asking (turn INT NOT NULL PRIMARY KEY);
INSERT INTO toolpolicy_asking (turn) VALUES (1);
