package shop.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import shop.prices.PriceList;

/** Tells prices over HTTP. */
public final class ShopServer implements AutoCloseable {

    private final PriceList prices = new PriceList();
    private final HttpServer server;

    ShopServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> answer(exchange, 200, "ok"));
        server.createContext("/price", this::price);
        server.start();
    }

    public static void main(String[] args) throws IOException {
        new ShopServer(Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void price(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.startsWith("item=")) {
            answer(exchange, 400, "say which item");
            return;
        }
        OptionalInt cents = prices.cents(query.substring("item=".length()));
        if (cents.isPresent()) {
            answer(exchange, 200, PriceList.format(cents.getAsInt()));
        } else {
            answer(exchange, 404, "not sold here");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
