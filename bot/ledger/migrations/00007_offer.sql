-- +goose Up
CREATE TABLE offer (
    member TEXT NOT NULL REFERENCES member (number),
    place  TEXT NOT NULL,
    round  TEXT NOT NULL,
    drill  TEXT NOT NULL,
    done   BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (member, place)
);

-- +goose Down
DROP TABLE offer;
