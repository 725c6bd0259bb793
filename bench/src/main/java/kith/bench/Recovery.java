package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// How soon a room is there again after its node was killed, and how soon a client that was away
/// has what it missed.
///
/// @param wakes from `open` to `complete`, for rooms of some entries
record Recovery(List<Wake> wakes, double resumeMillis, int missed) {
  /// The median of some rooms.
  record Wake(int entries, double millis) {}

  // the last of them as far behind a snapshot as rooms are in the worst case
  private static final int[] ENTRIES = {10, 1_000, 104_500};
  private static final int ROOMS_OF_A_SIZE = 5;

  /// Who takes over the rooms of a dead node has woken many before.
  private static final int ROOMS_TO_WARM_UP = 30;

  private static final int MISSED = 1_000;

  static Recovery measure(Kith kith) throws IOException {
    RoomRun.say("%nKith, F: rooms that wake, clients that resume");
    var owner = kith.setUp().members(1).getFirst();
    var warm = fill(kith, owner, ROOMS_TO_WARM_UP, ENTRIES[1]);
    var rooms = new ArrayList<List<String>>();
    for (int entries : ENTRIES) rooms.add(fill(kith, owner, ROOMS_OF_A_SIZE, entries));
    kith.restart();
    for (var room : warm) open(kith, owner, room, OptionalLong.empty());
    var wakes = new ArrayList<Wake>();
    for (int size = 0; size < ENTRIES.length; size++) {
      var millis = new double[ROOMS_OF_A_SIZE];
      for (int room = 0; room < ROOMS_OF_A_SIZE; room++)
        millis[room] = open(kith, owner, rooms.get(size).get(room), OptionalLong.empty());
      wakes.add(new Wake(ENTRIES[size], median(millis)));
    }
    var resumes = new double[ROOMS_OF_A_SIZE];
    for (int room = 0; room < ROOMS_OF_A_SIZE; room++)
      resumes[room] =
          open(kith, owner, rooms.getLast().get(room), OptionalLong.of(ENTRIES[2] - MISSED));
    return new Recovery(wakes, median(resumes), MISSED);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return Figures.median(values);
  }

  private static List<String> fill(Kith kith, Member owner, int count, int entries)
      throws IOException {
    var groups = new ArrayList<List<Member>>();
    for (int room = 0; room < count; room++) groups.add(List.of(owner));
    var rooms = kith.setUp().rooms(groups);
    var ledger = new Ledger();
    try (var crowd = new Crowd(ledger, count)) {
      var seats = new ArrayList<Seat>();
      for (int room = 0; room < count; room++)
        seats.add(
            SetUp.seat(
                SetUp.target(kith.node().url(), rooms.get(room)),
                room,
                owner,
                List.of(Words.body(100))));
      crowd.connect(seats);
      crowd.run(
          new Pace.Window(Math.min(entries, 200)),
          TimeUnit.MINUTES.toNanos(5),
          () -> isFull(ledger, count, entries));
      crowd.settle(TimeUnit.MINUTES.toNanos(1));
    }
    return rooms;
  }

  private static boolean isFull(Ledger ledger, int rooms, int entries) {
    for (int room = 0; room < rooms; room++)
      if (ledger.book(room).lastAcknowledged() < entries) return false;
    return true;
  }

  /// Milliseconds from `open` to `complete`.
  private static double open(Kith kith, Member member, String room, OptionalLong after)
      throws IOException {
    var talk = new KithTalk(member.token(), List.of(room), after);
    var address = SetUp.target(kith.node().url(), room).address();
    try (var crowd = new Crowd(new Ledger(), 1)) {
      crowd.connect(List.of(new Seat(address, 0, talk, KithTalk.words(room, List.of("")))));
      return talk.openNanos() / 1e6;
    }
  }
}
