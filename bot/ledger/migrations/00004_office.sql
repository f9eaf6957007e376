-- +goose Up
CREATE TABLE tenure (
    member  TEXT NOT NULL REFERENCES member (number),
    joined  TEXT NOT NULL,
    left_on TEXT NOT NULL,
    PRIMARY KEY (member, joined)
);
INSERT INTO tenure (member, joined, left_on) SELECT number, joined, left_on FROM member;
ALTER TABLE member DROP COLUMN joined;
ALTER TABLE member DROP COLUMN left_on;
CREATE VIEW roster AS
    SELECT number, name, sector, committee, staff, phone, joined, left_on
    FROM member JOIN tenure ON member = number
    WHERE joined = (SELECT MAX(last.joined) FROM tenure AS last WHERE last.member = number);
CREATE TABLE approval (
    question  TEXT PRIMARY KEY,
    digest    TEXT NOT NULL,
    suspended BIGINT NOT NULL,
    actor     TEXT NOT NULL,
    at        BIGINT NOT NULL
);
ALTER TABLE round ADD COLUMN void TEXT NOT NULL DEFAULT '';
CREATE TABLE correction (
    round    TEXT NOT NULL REFERENCES round (id),
    member   TEXT NOT NULL REFERENCES member (number),
    standing TEXT NOT NULL,
    reason   TEXT NOT NULL,
    actor    TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (round, member, at)
);
CREATE TABLE activity (
    day   TEXT NOT NULL,
    kind  TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (day, kind, title)
);
CREATE TABLE attendance (
    day    TEXT NOT NULL,
    kind   TEXT NOT NULL,
    title  TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member (number),
    PRIMARY KEY (day, kind, title, member),
    FOREIGN KEY (day, kind, title) REFERENCES activity (day, kind, title)
);
CREATE TABLE feedback (
    at       BIGINT NOT NULL,
    channel  TEXT NOT NULL,
    asker    TEXT NOT NULL,
    question TEXT NOT NULL,
    cite     TEXT NOT NULL,
    useful   BIGINT NOT NULL
);
CREATE INDEX feedback_at ON feedback (at);
ALTER TABLE asked ADD COLUMN asker TEXT NOT NULL DEFAULT '';
CREATE TABLE lease (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  BIGINT NOT NULL
);

-- +goose Down
DROP TABLE lease;
ALTER TABLE asked DROP COLUMN asker;
DROP TABLE feedback;
DROP TABLE attendance;
DROP TABLE activity;
DROP TABLE correction;
ALTER TABLE round DROP COLUMN void;
DROP TABLE approval;
DROP VIEW roster;
ALTER TABLE member ADD COLUMN joined TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN left_on TEXT NOT NULL DEFAULT '';
UPDATE member SET joined = (SELECT MAX(joined) FROM tenure WHERE tenure.member = number);
UPDATE member SET left_on = (SELECT left_on FROM tenure WHERE tenure.member = number AND tenure.joined = member.joined);
DROP TABLE tenure;
