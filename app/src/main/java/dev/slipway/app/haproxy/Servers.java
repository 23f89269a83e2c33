package dev.slipway.app.haproxy;

import dev.slipway.target.TrafficRouter.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of one HAProxy backend as they are now, read from {@code show servers state} and
 * {@code show stat} (HAProxy 2.6 management guide, sections 9.1 and 9.3).
 */
record Servers(List<Server> all) {
  private static final int RUNNING = 2;

  /**
   * A server.
   *
   * @param operation HAProxy's {@code srv_op_state}: 2 is up
   * @param sessions requests it is working on or that wait for it
   */
  record Server(String name, Backend address, int operation, int weight, long sessions) {
    boolean isUp() {
      return operation == RUNNING;
    }
  }

  /**
   * Asks HAProxy.
   *
   * @throws IOException if it cannot be asked or has no such backend
   */
  static Servers ask(RuntimeSocket socket, String backend) throws IOException {
    List<Map<String, String>> states =
        table(socket.ask("show servers state " + backend), "# ", " ", backend);
    Map<String, Long> sessions = new HashMap<>();
    for (Map<String, String> row :
        table(socket.ask("show stat " + backend + " 4 -1"), "# ", ",", backend)) {
      sessions.put(field(row, "svname"), number(row, "scur") + number(row, "qcur"));
    }
    List<Server> all = new ArrayList<>();
    for (Map<String, String> row : states) {
      String name = field(row, "srv_name");
      all.add(
          new Server(
              name,
              new Backend(field(row, "srv_addr"), (int) number(row, "srv_port")),
              (int) number(row, "srv_op_state"),
              (int) number(row, "srv_uweight"),
              sessions.getOrDefault(name, 0L)));
    }
    return new Servers(List.copyOf(all));
  }

  private static List<Map<String, String>> table(
      String answer, String mark, String separator, String backend) throws IOException {
    List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
    int header = 0;
    while (header < lines.size() && !lines.get(header).startsWith(mark)) {
      header++;
    }
    if (header == lines.size()) {
      throw new IOException("HAProxy has no backend " + backend + "; it says: " + answer.strip());
    }
    List<String> names =
        Arrays.asList(lines.get(header).substring(mark.length()).split(separator, -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(header + 1, lines.size())) {
      String[] values = line.split(separator, -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < Math.min(names.size(), values.length); i++) {
        row.put(names.get(i), values[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static String field(Map<String, String> row, String name) throws IOException {
    String value = row.get(name);
    if (value == null) {
      throw new IOException("HAProxy does not say " + name + "; needs version 2.4 or newer");
    }
    return value;
  }

  private static long number(Map<String, String> row, String name) throws IOException {
    String value = field(row, name);
    try {
      return value.isEmpty() ? 0 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IOException("HAProxy says " + name + " is " + value, e);
    }
  }

  Server named(String name) throws IOException {
    return all.stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("HAProxy has no server " + name + " any more"));
  }
}
