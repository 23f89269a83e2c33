/**
 * As much HTTP as the service needs, on the JDK's own server. Knows nothing of orders. Start with
 * {@link example.orders.http.HttpService}.
 */
package example.orders.http;
