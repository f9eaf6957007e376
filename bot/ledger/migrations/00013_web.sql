-- +goose Up
CREATE TABLE web_account (
    name       TEXT PRIMARY KEY,
    spelling   TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    number     TEXT NOT NULL,
    generation BIGINT NOT NULL,
    password   TEXT NOT NULL,
    link       TEXT NOT NULL,
    link_until BIGINT NOT NULL,
    made       BIGINT NOT NULL,
    seen       BIGINT NOT NULL
);
CREATE TABLE web_attempt (
    spelling TEXT PRIMARY KEY,
    failed   BIGINT NOT NULL,
    at       BIGINT NOT NULL
);
CREATE TABLE web_session (
    token   TEXT PRIMARY KEY,
    data    TEXT NOT NULL,
    expires BIGINT NOT NULL
);

-- +goose Down
DROP TABLE web_session;
DROP TABLE web_attempt;
DROP TABLE web_account;
