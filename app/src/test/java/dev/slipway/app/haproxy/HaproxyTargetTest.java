package dev.slipway.app.haproxy;

import dev.slipway.app.ProcessTargetContract;
import dev.slipway.target.TrafficRouter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The target's contract with processes behind a real HAProxy. */
class HaproxyTargetTest extends ProcessTargetContract {
  private final List<Haproxy> opened = new ArrayList<>();
  private HaproxyFixture haproxy;

  @BeforeEach
  void startHaproxy() throws Exception {
    haproxy = new HaproxyFixture(directory.resolve("haproxy"));
  }

  @AfterEach
  void stopHaproxy() throws Exception {
    opened.forEach(Haproxy::close);
    haproxy.close();
  }

  @Override
  protected TrafficRouter router() {
    // HAProxy takes ten connections to its socket by default, and each reader keeps one.
    opened.forEach(Haproxy::close);
    opened.clear();
    Haproxy anew = Haproxy.open(haproxy.settings(), directory.resolve("seats"));
    opened.add(anew);
    return anew.router();
  }
}
