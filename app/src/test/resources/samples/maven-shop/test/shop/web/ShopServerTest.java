package shop.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShopServerTest {

    private ShopServer server;

    @BeforeEach
    void open() throws Exception {
        server = new ShopServer(0);
    }

    @AfterEach
    void shut() {
        server.close();
    }

    @Test
    void isHealthy() throws Exception {
        assertEquals("ok\n", get("/health").body());
    }

    @Test
    void tellsThePriceOfWhatIsSold() throws Exception {
        assertEquals("5.10\n", get("/price?item=tea").body());
    }

    @Test
    void saysWhenItCannot() throws Exception {
        assertEquals(404, get("/price?item=anvil").statusCode());
        assertEquals(400, get("/price?thing=tea").statusCode());
        assertEquals(400, get("/price").statusCode());
    }

    private HttpResponse<String> get(String target) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + target);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
