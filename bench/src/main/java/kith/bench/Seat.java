package kith.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Where one client connects, and which of the run's rooms it sits in.
///
/// @param words what it says there
record Seat(InetSocketAddress address, int room, Talk talk, Words words) {
  /// Makes somebody's seat in a room, which has a number in the run and a name at its server.
  interface InRoom {
    Seat in(int room, String name);
  }

  /// Room after room.
  static List<Seat> inRooms(int rooms, int membersOfEach, Supplier<String> newName, InRoom seat) {
    var seats = new ArrayList<Seat>();
    for (int room = 0; room < rooms; room++) {
      var name = newName.get();
      for (int member = 0; member < membersOfEach; member++) seats.add(seat.in(room, name));
    }
    return seats;
  }
}
