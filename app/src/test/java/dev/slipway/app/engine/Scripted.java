package dev.slipway.app.engine;

import dev.slipway.change.ServiceName;
import dev.slipway.pipeline.Act;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Result;
import dev.slipway.project.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Passes every act, but for those that the test has something else to say about; remembers all. */
final class Scripted implements Performer {
  private final Performer otherwise;
  private final Map<Class<? extends Act>, Performer> scripts = new ConcurrentHashMap<>();
  private final List<Act> begun = new CopyOnWriteArrayList<>();
  private final List<Act> interrupted = new CopyOnWriteArrayList<>();

  Scripted(Service.Kind kind) {
    this.otherwise = new Passing(new ServiceName("orders"), kind);
  }

  Scripted on(Class<? extends Act> kind, Performer script) {
    scripts.put(kind, script);
    return this;
  }

  /** Acts of this kind run until they are called off, or the latch opens. */
  Scripted holdBack(Class<? extends Act> kind, CountDownLatch until) {
    return on(
        kind,
        act -> {
          until.await();
          return otherwise.perform(act);
        });
  }

  Result pass(Act act) throws InterruptedException {
    return otherwise.perform(act);
  }

  @Override
  public Result perform(Act act) throws InterruptedException {
    begun.add(act);
    try {
      return scripts.getOrDefault(act.getClass(), otherwise).perform(act);
    } catch (InterruptedException e) {
      interrupted.add(act);
      throw e;
    }
  }

  <A extends Act> List<A> begun(Class<A> kind) {
    return begun.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <A extends Act> List<A> interrupted(Class<A> kind) {
    return interrupted.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
