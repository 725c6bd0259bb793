package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import kith.node.person.Person;
import kith.protocol.frame.Entry;

/// Compares the records of the clients with the log: no acknowledged message is lost, duplicated or
/// moved, and every client received the whole log in order.
final class Verdict {
  private Verdict() {}

  static void check(Person reader, List<Restless> all, List<String> rooms) {
    for (var one : all) assertThat(one.breaches()).isEmpty();
    for (var room : rooms) {
      var history = reader.history(room);
      assertThat(history.stream().map(Entry::seq).toList()).isEqualTo(gapless(history.size()));
      var placesById = placesById(history);
      for (var one : all) {
        one.acks().values().stream()
            .filter(ack -> ack.room().equals(room))
            .forEach(ack -> assertThat(placesById.get(ack.id())).isEqualTo(List.of(ack.seq())));
        assertThat(one.receives(room, history.size())).as(one::state).isTrue();
        assertThat(one.log(room)).isEqualTo(history);
      }
    }
    System.out.println("acknowledged=" + all.stream().mapToInt(one -> one.acks().size()).sum());
  }

  private static List<Long> gapless(int size) {
    return LongStream.rangeClosed(1, size).boxed().toList();
  }

  private static Map<String, List<Long>> placesById(List<Entry> history) {
    var places = new HashMap<String, List<Long>>();
    for (var entry : history)
      if (entry instanceof Entry.Message message)
        places.computeIfAbsent(message.id(), _ -> new ArrayList<>()).add(message.seq());
    return places;
  }
}
