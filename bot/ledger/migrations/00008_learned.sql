-- +goose Up
CREATE TABLE chosen (
    at       BIGINT NOT NULL,
    outcome  TEXT NOT NULL,
    question TEXT NOT NULL,
    cite     TEXT NOT NULL,
    asker    TEXT NOT NULL
);
CREATE INDEX chosen_at ON chosen (at);
CREATE TABLE settled (
    number   BIGINT PRIMARY KEY,
    at       BIGINT NOT NULL,
    actor    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    question TEXT NOT NULL,
    change   TEXT NOT NULL,
    undone   BIGINT NOT NULL
);

-- +goose Down
DROP TABLE settled;
DROP TABLE chosen;
