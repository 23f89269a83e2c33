/**
 * The order service: what it answers ({@link example.orders.OrdersApi}, {@link
 * example.orders.QuoteApi}) and how it is put together ({@link example.orders.Main}).
 */
package example.orders;
