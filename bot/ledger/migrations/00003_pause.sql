-- +goose Up
CREATE TABLE pause (
    name  TEXT PRIMARY KEY,
    actor TEXT NOT NULL,
    at    BIGINT NOT NULL
);

-- +goose Down
DROP TABLE pause;
