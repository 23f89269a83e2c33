/**
 * What is sold, at which price, and to whom. Knows nothing of HTTP. Start with {@link
 * example.orders.domain.Pricing} and {@link example.orders.domain.OrderStore}.
 */
package example.orders.domain;
