package dev.slipway.app.server;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.json.Json;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The running web server of a control plane. */
public final class Server implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private Server(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** What the server is made of. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({
    ChangesController.class,
    WithdrawalsController.class,
    IncidentsController.class,
    AuditLogController.class,
    FlagChangesController.class,
    StatusPage.class,
    Problems.class
  })
  static class Beans {}

  /**
   * Starts serving on the loopback address.
   *
   * @param port 0 for a free one
   * @param token what callers have to show
   */
  public static Server start(ControlPlane controlPlane, int port, String token) {
    SpringApplication application =
        new SpringApplicationBuilder(Beans.class)
            .web(WebApplicationType.SERVLET)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .properties(
                Map.of(
                    "server.address", "127.0.0.1",
                    "server.port", port,
                    "server.shutdown", "graceful",
                    "spring.lifecycle.timeout-per-shutdown-phase", "3s",
                    "spring.threads.virtual.enabled", true,
                    "spring.main.banner-mode", "off",
                    "spring.jmx.enabled", false,
                    "server.error.include-message", "never",
                    "server.tomcat.max-http-form-post-size", "64KB"))
            .initializers(
                (GenericApplicationContext beans) -> {
                  beans.registerBean(ControlPlane.class, () -> controlPlane);
                  beans.registerBean(JsonMapper.class, Json::mapper);
                  beans.registerBean(TokenFilter.class, () -> new TokenFilter(token));
                })
            .build();
    return new Server(application.run());
  }

  /** The port it listens on. */
  public int port() {
    return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
        .getPort();
  }

  @Override
  public void close() {
    context.close();
  }
}
