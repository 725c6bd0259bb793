package kith.bench;

import java.io.IOException;
import java.util.List;

/// A server that is measured beside others, while it runs.
interface Contender extends AutoCloseable {
  int MEMBERS_OF_IDLE_ROOM = 50;

  /// Seats for everybody in new rooms; nobody is in two of them.
  List<Seat> seats(int rooms, int membersOfEach, String body);

  /// Seats for people who only listen: of Kith in five rooms each, of others in one.
  default List<Seat> idle(int people) {
    return seats(people / MEMBERS_OF_IDLE_ROOM, MEMBERS_OF_IDLE_ROOM, "");
  }

  /// What it and its database have used so far.
  Usages usage();

  @Override
  void close() throws IOException;
}
