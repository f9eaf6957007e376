-- +goose Up
CREATE TABLE held (
    day       TEXT NOT NULL,
    channel   TEXT NOT NULL,
    kind      TEXT NOT NULL,
    direction TEXT NOT NULL,
    count     BIGINT NOT NULL,
    PRIMARY KEY (day, channel, kind, direction)
);

-- +goose Down
DROP TABLE held;
