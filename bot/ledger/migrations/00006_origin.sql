-- +goose Up
CREATE TABLE origin (
    one        BIGINT PRIMARY KEY,
    id         TEXT NOT NULL,
    generation BIGINT NOT NULL,
    counter    BIGINT NOT NULL,
    audited    BIGINT NOT NULL
);
CREATE TABLE gap (
    since BIGINT NOT NULL,
    until BIGINT NOT NULL
);
ALTER TABLE correction RENAME TO correction_by_time;
CREATE TABLE correction (
    seq      BIGINT PRIMARY KEY,
    round    TEXT NOT NULL REFERENCES round (id),
    member   TEXT NOT NULL REFERENCES member (number),
    standing TEXT NOT NULL,
    reason   TEXT NOT NULL,
    actor    TEXT NOT NULL,
    at       BIGINT NOT NULL
);
INSERT INTO correction (seq, round, member, standing, reason, actor, at)
    SELECT ROW_NUMBER() OVER (ORDER BY at, round, member), round, member, standing, reason, actor, at FROM correction_by_time;
DROP TABLE correction_by_time;

-- +goose Down
ALTER TABLE correction RENAME TO correction_by_seq;
CREATE TABLE correction (
    round    TEXT NOT NULL REFERENCES round (id),
    member   TEXT NOT NULL REFERENCES member (number),
    standing TEXT NOT NULL,
    reason   TEXT NOT NULL,
    actor    TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (round, member, at)
);
INSERT INTO correction SELECT round, member, standing, reason, actor, at FROM correction_by_seq
    WHERE seq IN (SELECT MAX(seq) FROM correction_by_seq GROUP BY round, member, at);
DROP TABLE correction_by_seq;
DROP TABLE gap;
DROP TABLE origin;
