-- +goose Up
CREATE TABLE asked (
    at       BIGINT NOT NULL,
    channel  TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    question TEXT NOT NULL
);
CREATE INDEX asked_at ON asked (at);

-- +goose Down
DROP TABLE asked;
