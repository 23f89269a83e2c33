package dev.slipway.app.edge;

import dev.slipway.app.ProcessTargetContract;
import dev.slipway.target.TrafficRouter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The target's contract with processes behind a real edge. */
class EdgeTargetTest extends ProcessTargetContract {
  private final List<EdgeClient> opened = new ArrayList<>();
  private EdgeProcess edge;

  @BeforeEach
  void startEdge() {
    edge =
        EdgeProcess.start(
            EdgeFixture.launch(EdgeOptions.defaults()).withHeap("64m"), directory.resolve("edge"));
  }

  @AfterEach
  void stopEdge() {
    opened.forEach(EdgeClient::close);
    ProcessHandle.of(edge.address().pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  protected TrafficRouter router() {
    EdgeClient anew = edge.client();
    opened.add(anew);
    return new EdgeRouter(anew);
  }
}
