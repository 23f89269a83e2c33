-- One row for each order, as example.orders.domain.Order has it.
CREATE TABLE orders (
    id          bigint       PRIMARY KEY,
    customer    varchar(200) NOT NULL,
    sku         varchar(20)  NOT NULL,
    quantity    integer      NOT NULL CHECK (quantity > 0),
    total_cents bigint       NOT NULL CHECK (total_cents >= 0),
    placed_at   timestamptz  NOT NULL
);

-- A customer's orders are read newest first, a page at a time.
CREATE INDEX orders_by_customer ON orders (customer, id DESC);
