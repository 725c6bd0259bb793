package kith.terminal.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kith.terminal.model.Model;

/// The servers of a window. Each has a model of its own, as if it were alone.
///
/// @param seats in the order in which the key goes through them; never empty
/// @param shown the number of the seat that is on the screen
/// @param previous the number of the one that was shown before; it may be closed
/// @param isOver the program is about to exit
public record Window(List<Seat> seats, int shown, int previous, boolean isOver) {
  /// Each has a connection and threads of its own.
  public static final int MAX_SERVERS = 8;

  /// One server of the window.
  ///
  /// @param number unique in the run of the program
  /// @param profile absent until the first login
  /// @param title of the terminal, while this server is shown
  public record Seat(int number, Optional<String> profile, Model model, String title) {
    public static Seat of(int number, Optional<String> profile, Model model) {
      return new Seat(number, profile, model, "kith");
    }

    Seat with(Model next) {
      return new Seat(number, profile, next, title);
    }

    Seat titled(String text) {
      return new Seat(number, profile, model, text);
    }

    Seat of(String newProfile) {
      return new Seat(number, Optional.of(newProfile), model, title);
    }

    boolean isLoggedIn() {
      return profile.isPresent() && model.form().isEmpty();
    }
  }

  public Window {
    seats = List.copyOf(seats);
  }

  public static Window of(Seat first) {
    return new Window(List.of(first), first.number(), first.number(), false);
  }

  public Optional<Seat> seat(int number) {
    return seats.stream().filter(it -> it.number() == number).findFirst();
  }

  public Seat front() {
    return seat(shown).orElseThrow();
  }

  public boolean hasOthers() {
    return seats.size() > 1;
  }

  public boolean isFull() {
    return seats.size() >= MAX_SERVERS;
  }

  /// The profiles that are logged in.
  public List<String> profiles() {
    return seats.stream().filter(Seat::isLoggedIn).flatMap(it -> it.profile().stream()).toList();
  }

  public long waiting() {
    return seats.stream().mapToLong(it -> it.model().waiting()).sum();
  }

  Window showing(int number) {
    return new Window(seats, number, number == shown ? previous : shown, isOver);
  }

  Window over() {
    return new Window(seats, shown, previous, true);
  }

  Window change(int number, UnaryOperator<Seat> how) {
    return new Window(
        seats.stream().map(it -> it.number() == number ? how.apply(it) : it).toList(),
        shown,
        previous,
        isOver);
  }

  Window adding(Seat seat) {
    var more = new ArrayList<>(seats);
    more.add(seat);
    return new Window(more, shown, previous, isOver);
  }

  /// If it was shown, the previous one is shown again, or else the one before it in the order. The
  /// last one stays.
  Window without(int number) {
    if (!hasOthers() || seat(number).isEmpty()) return this;
    var rest = seats.stream().filter(it -> it.number() != number).toList();
    if (shown != number) return new Window(rest, shown, previous, isOver);
    boolean isPreviousOpen = rest.stream().anyMatch(it -> it.number() == previous);
    int before = rest.get(Math.max(0, indexOf(number) - 1)).number();
    return new Window(rest, isPreviousOpen ? previous : before, previous, isOver);
  }

  /// The one after the shown one, from the last to the first.
  int next() {
    return seats.get((indexOf(shown) + 1) % seats.size()).number();
  }

  private int indexOf(int number) {
    for (int index = 0; index < seats.size(); index++) {
      if (seats.get(index).number() == number) return index;
    }
    return -1;
  }
}
