-- +goose Up
CREATE TABLE closed (
    name     TEXT PRIMARY KEY,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    actor    TEXT NOT NULL,
    at       BIGINT NOT NULL,
    head     BIGINT NOT NULL,
    hash     TEXT NOT NULL,
    figures  TEXT NOT NULL
);
CREATE TABLE closed_change (
    name   TEXT NOT NULL REFERENCES closed (name),
    number BIGINT NOT NULL,
    day    TEXT NOT NULL,
    about  TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member (number),
    before TEXT NOT NULL,
    after  TEXT NOT NULL,
    audit  BIGINT NOT NULL,
    PRIMARY KEY (name, number)
);
CREATE TABLE sealed (
    round TEXT PRIMARY KEY REFERENCES round (id),
    audit BIGINT NOT NULL
);
ALTER TABLE answer ADD COLUMN channel TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE answer DROP COLUMN channel;
DROP TABLE sealed;
DROP TABLE closed_change;
DROP TABLE closed;
