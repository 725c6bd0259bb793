package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// The time until a room answers after its node was killed, and until a client receives missed
/// entries.
///
/// @param wakes time from `open` to `complete`, for rooms of different sizes
record Recovery(List<Wake> wakes, double resumeMillis, int missed) {
  /// The median over several rooms of one size.
  record Wake(int entries, double millis) {}

  // the last size has the maximum number of entries after its snapshot
  private static final int[] ENTRIES = {10, 1_000, 104_500};
  private static final int ROOMS_OF_A_SIZE = 5;

  /// Rooms that are loaded before the measurement, as a node in use has loaded many rooms.
  private static final int ROOMS_TO_WARM_UP = 30;

  private static final int MISSED = 1_000;

  static Recovery measure(Kith kith) throws IOException {
    RoomRun.print("%nKith, F: loading rooms after a kill, resuming clients");
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
    return Metrics.median(values);
  }

  private static List<String> fill(Kith kith, Member owner, int count, int entries)
      throws IOException {
    var groups = new ArrayList<List<Member>>();
    for (int room = 0; room < count; room++) groups.add(List.of(owner));
    var rooms = kith.setUp().rooms(groups);
    var ledger = new Ledger();
    try (var clients = new LoadClients(ledger, count)) {
      var configs = new ArrayList<ClientConfig>();
      for (int room = 0; room < count; room++)
        configs.add(
            SetUp.clientConfig(
                SetUp.target(kith.node().url(), rooms.get(room)),
                room,
                owner,
                List.of(MessageTemplate.body(100))));
      clients.connect(configs);
      clients.run(
          new SendSchedule.Window(Math.min(entries, 200)),
          TimeUnit.MINUTES.toNanos(5),
          () -> ledger.haveAll(count, entries));
      clients.settle(TimeUnit.MINUTES.toNanos(1));
    }
    return rooms;
  }

  private static double open(Kith kith, Member member, String room, OptionalLong after)
      throws IOException {
    return RoomOpening.millis(kith.node().url(), member, room, after);
  }
}
