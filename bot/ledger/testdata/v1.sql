CREATE TABLE member (
    number    TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    sector    TEXT NOT NULL,
    committee TEXT NOT NULL,
    staff     BIGINT NOT NULL,
    phone     TEXT NOT NULL,
    joined    TEXT NOT NULL,
    left_on   TEXT NOT NULL
);
CREATE TABLE identity (
    channel TEXT NOT NULL,
    sender  TEXT NOT NULL,
    member  TEXT NOT NULL REFERENCES member (number),
    bound   BIGINT NOT NULL,
    PRIMARY KEY (channel, sender)
);
CREATE INDEX identity_member ON identity (member);
CREATE TABLE code (
    hash    TEXT PRIMARY KEY,
    member  TEXT NOT NULL REFERENCES member (number),
    expires BIGINT NOT NULL
);
CREATE TABLE attempt (
    channel TEXT NOT NULL,
    sender  TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX attempt_sender ON attempt (channel, sender, at);
CREATE TABLE push (
    name       TEXT NOT NULL,
    target     TEXT NOT NULL,
    day        TEXT NOT NULL,
    content    TEXT NOT NULL,
    content_id TEXT NOT NULL,
    title      TEXT NOT NULL,
    due        BIGINT NOT NULL,
    until      BIGINT NOT NULL,
    state      TEXT NOT NULL,
    message_id TEXT NOT NULL,
    detail     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    next_try   BIGINT NOT NULL,
    PRIMARY KEY (name, target, day)
);
CREATE INDEX push_day ON push (day);
CREATE TABLE round (
    id          TEXT PRIMARY KEY,
    question    TEXT NOT NULL,
    text        TEXT NOT NULL,
    options     TEXT NOT NULL,
    answer      BIGINT NOT NULL,
    explanation TEXT NOT NULL,
    cites       TEXT NOT NULL,
    opened      BIGINT NOT NULL,
    closes      BIGINT NOT NULL
);
CREATE TABLE answer (
    round   TEXT NOT NULL REFERENCES round (id),
    member  TEXT NOT NULL REFERENCES member (number),
    choice  BIGINT NOT NULL,
    correct BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (round, member)
);
CREATE TABLE excuse (
    member   TEXT NOT NULL REFERENCES member (number),
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    actor    TEXT NOT NULL,
    at       BIGINT NOT NULL
);
CREATE TABLE audit (
    seq      BIGINT PRIMARY KEY,
    at       BIGINT NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
);
CREATE TABLE goose_db_version (id {{ID}}, version_id BIGINT NOT NULL, is_applied BOOLEAN NOT NULL, tstamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
INSERT INTO goose_db_version (id, version_id, is_applied) VALUES (1, 0, true), (2, 1, true);
INSERT INTO member VALUES ('A01', '张三', '教育界', '提案委', 0, '', '2026-12-01', '');
INSERT INTO audit VALUES (1, 1764590400000, 'staff', 'roster import', '1 added, 0 changed, 0 left', '', 'c6d8d5c691b3779e444dc0081f59224515aa175e557a8f9e8b1f7201bf674fed');
INSERT INTO member VALUES ('A02', '李四', '', '', 0, '13800001234', '2026-11-01', '2026-12-02');
INSERT INTO identity VALUES ('wechat', '@zhang', 'A01', 1764590400000);
INSERT INTO round VALUES ('2026-12-01', 'ti-an-01', '几天？', '["三天","五天"]', 1, '见第五条', '["ti-an#5"]', 1796126400000, 1796731200000);
INSERT INTO answer VALUES ('2026-12-01', 'A01', 1, 1, 1796130000000);
INSERT INTO excuse VALUES ('A02', '2026-12-01', '2026-12-01', '出差', 'staff', 1796126400000);
INSERT INTO push VALUES ('story', 'group:甲', '2026-12-01', 'story', 'baozheng', '包拯', 1796083200000, 1796097600000, 'uncertain', '7', '', 1796083200000, 0)
