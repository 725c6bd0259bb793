package kith.node.story;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.Visibility;
import kith.protocol.json.Json;
import kith.protocol.rest.Notifications;

/// Ann, who posts in a room of her own, and Bob, its member, who is away.
final class PushCast implements AutoCloseable {
  static final Map<String, String> SETTINGS =
      Map.of(
          "kith.couriers.private-networks", "127.0.0.0/8",
          "kith.push.delay", "100ms",
          // the tests ask for the state of a receiver until it is as expected
          "kith.http.requests.per-second", "1000000",
          "kith.http.requests.burst", "1000000");

  private final TestNode node;
  private final Person ann;
  private final Person bob;
  private final String room;

  /// @param number makes the names unique
  PushCast(TestNode node, int number) {
    this.node = node;
    ann = Person.signsUp(node.uri("/"), "ann" + number);
    bob = Person.signsUp(node.uri("/"), "bob" + number);
    room = ann.makesRoom("room " + number, Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    ann.opens(room, 0);
  }

  Person ann() {
    return ann;
  }

  Person bob() {
    return bob;
  }

  String room() {
    return room;
  }

  void chooses(NotificationContents contents, String... keywords) {
    chooses(OptionalInt.empty(), contents, keywords);
  }

  void chooses(OptionalInt away, NotificationContents contents, String... keywords) {
    bob.rest()
        .send(
            "PUT",
            "/v1/account/notifications",
            Optional.of(
                Json.restText(
                    new Notifications.ChooseNotifications(
                        contents, List.of(keywords), Optional.empty(), away))))
        .as(Notifications.NotificationRules.class);
  }

  void chooses(NotificationLevel level) {
    bob.rest()
        .send(
            "PUT",
            "/v1/account/notifications/" + room,
            Optional.of(Json.restText(new Notifications.ChooseLevel(level))));
  }

  List<Notifications.Push> receivers(Person person) {
    return person
        .rest()
        .getWhenAvailable("/v1/account/push")
        .as(Notifications.Pushes.class)
        .pushes();
  }

  /// Waits until one of Bob's receivers is in this state.
  void awaitsState(String state) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (receivers(bob).stream().noneMatch(it -> it.state().equals(state))) {
      if (System.nanoTime() > deadline) throw new AssertionError(receivers(bob).toString());
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }

  void awaitsRead(long seq) throws SQLException {
    awaits(
        "SELECT 1 FROM read_position WHERE account = ? AND room = ? AND read >= ?",
        bob.name(),
        room,
        seq);
  }

  void awaits(String sql, Object... values) throws SQLException {
    var database = node.database();
    try (var connection =
            DriverManager.getConnection(
                database.url(), database.user().orElseThrow(), database.password().orElseThrow());
        var query = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) query.setObject(i + 1, values[i]);
      var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
      while (!query.executeQuery().next()) {
        if (System.nanoTime() > deadline) throw new AssertionError("not there: " + sql);
        pause();
      }
    }
  }

  @Override
  public void close() {
    ann.close();
    bob.close();
  }
}
