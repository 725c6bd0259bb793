package kith.terminal.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The numbers by which the user opens rooms. A room keeps its number while the order of the list
/// changes by itself, and over a restart.
public record RoomNumbers(Map<String, Integer> numbersByRoom) {
  public static final RoomNumbers NONE = new RoomNumbers(Map.of());

  public RoomNumbers {
    numbersByRoom = Map.copyOf(numbersByRoom);
  }

  /// The numbers in an order that the user made.
  public static RoomNumbers inOrder(List<String> rooms) {
    var numbers = new HashMap<String, Integer>();
    for (var room : rooms) numbers.put(room, numbers.size() + 1);
    return new RoomNumbers(numbers);
  }

  /// Numbers that became free go to new rooms, the lowest first.
  ///
  /// @param earlier the numbers of an earlier start, which rooms get back if they are free
  public RoomNumbers updated(Collection<String> rooms, Map<String, Integer> earlier) {
    var present = Set.copyOf(rooms);
    if (numbersByRoom.keySet().equals(present)) return this;
    var numbers = new HashMap<>(numbersByRoom);
    numbers.keySet().retainAll(present);
    for (var room : rooms) {
      var number = earlier.get(room);
      if (number != null && !numbers.containsKey(room) && !numbers.containsValue(number))
        numbers.put(room, number);
    }
    int next = 1;
    for (var room : rooms) {
      if (numbers.containsKey(room)) continue;
      while (numbers.containsValue(next)) next++;
      numbers.put(room, next);
    }
    return new RoomNumbers(numbers);
  }

  /// The numbers to keep for the next start: also those of rooms that are not listed yet, until
  /// another room has them.
  public Map<String, Integer> kept(Map<String, Integer> earlier) {
    var kept = new HashMap<>(earlier);
    kept.values().removeAll(Set.copyOf(numbersByRoom.values()));
    kept.putAll(numbersByRoom);
    return kept;
  }

  public OptionalInt of(String room) {
    var number = numbersByRoom.get(room);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  public Optional<String> room(int number) {
    return numbersByRoom.entrySet().stream()
        .filter(it -> it.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
