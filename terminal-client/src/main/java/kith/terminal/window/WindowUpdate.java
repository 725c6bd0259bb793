package kith.terminal.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.terminal.update.Input;
import kith.terminal.update.Moment;
import kith.terminal.update.Request;
import kith.terminal.update.Update;
import kith.terminal.window.Window.Seat;

/// The window's reaction to each input, as a pure function. It decides which servers an input
/// concerns, and each of them reacts to it by itself.
public final class WindowUpdate {
  private final Moment moment;
  private final List<WindowRequest> requests = new ArrayList<>();
  private Window window;

  private WindowUpdate(Window window, Moment moment) {
    this.window = window;
    this.moment = moment;
  }

  public static WindowStep update(Window window, WindowInput input, Moment moment) {
    var step = new WindowUpdate(window, moment);
    step.apply(input);
    return new WindowStep(step.window, step.requests);
  }

  private void apply(WindowInput input) {
    switch (input) {
      case WindowInput.OfTerminal(Input.Hangup()) -> window = window.over();
      case WindowInput.OfTerminal(var it) -> ofTerminal(it);
      case WindowInput.OfSeat(var seat, Input.Hangup()) -> loggedOut(seat);
      case WindowInput.OfSeat(var seat, var it) -> {
        hide(seat);
        tell(seat, it);
        // a login counts as activity
        hide(seat);
      }
      case WindowInput.Opened(var seat, var isShown) -> opened(seat, isShown);
      case WindowInput.NotOpened(var seat, var sentence) -> {
        window.seat(seat).ifPresent(this::close);
        say(sentence, true);
      }
      case WindowInput.StoredLogin(var seat, var profile) -> storedLogin(seat, profile);
      case WindowInput.Frame() -> describe();
    }
  }

  private void ofTerminal(Input input) {
    switch (input) {
      case Input.Resized _, Input.Spelled _ -> numbers().forEach(seat -> tell(seat, input));
      case Input.Tick() ->
          numbers()
              .forEach(seat -> {
                hide(seat);
                tell(seat, input);
              });
      default -> {
        tell(window.shown(), input);
        if (window.front().model().isOver()) window = window.over();
      }
    }
  }

  private List<Integer> numbers() {
    return window.seats().stream().map(Seat::number).toList();
  }

  /// A seat that was closed meanwhile receives nothing.
  private void tell(int number, Input input) {
    var seat = window.seat(number);
    if (seat.isEmpty()) return;
    var step = Update.update(seat.get().model(), input, moment);
    window = window.change(number, it -> it.with(step.model()));
    step.requests().forEach(request -> asked(number, request));
  }

  private void asked(int number, Request request) {
    switch (request) {
      case Request.OfWindow ofWindow -> asked(ofWindow);
      case Request.Title(var text) -> {
        window = window.change(number, it -> it.titled(text));
        if (number == window.shown()) execute(number, request);
      }
      case Request.Notify(var how, var title, var text) ->
          execute(number, new Request.Notify(how, title + place(number), text));
      default -> execute(number, request);
    }
  }

  /// With several servers, a notification names its server.
  private String place(int number) {
    return window.hasOthers() ? " on " + Servers.name(window, seat(number)) : "";
  }

  private Seat seat(int number) {
    return window.seat(number).orElseThrow();
  }

  private void asked(Request.OfWindow request) {
    switch (request) {
      case Request.ShowServer(var number, var room) -> show(number, room);
      case Request.NextServer() -> show(window.next(), Optional.empty());
      case Request.AddServer(var address, var user) -> {
        if (window.isFull()) say("A window holds " + Window.MAX_SERVERS + " servers.", true);
        else requests.add(new WindowRequest.Open(address, user));
      }
      case Request.RemoveServer(var number) ->
          window.seat(number).filter(_ -> window.hasOthers()).ifPresent(this::remove);
      case Request.LeaveForm() -> {
        var front = window.front();
        if (front.profile().isEmpty()) close(front);
        else show(window.next(), Optional.empty());
      }
    }
  }

  private void execute(int number, Request request) {
    requests.add(new WindowRequest.OfSeat(number, request));
  }

  private void say(String sentence, boolean isError) {
    tell(window.shown(), new Input.Answer(List.of(sentence), isError));
  }

  private void show(int number, Optional<String> room) {
    if (window.seat(number).isEmpty()) return;
    int hidden = window.shown();
    var before = window.front().model().settings();
    window = window.showing(number);
    tell(number, new Input.Shown(before.theme(), before.hasMouse(), room));
    // handled after the shown one, whose latest key is the current one
    hide(hidden);
    execute(number, new Request.Title(window.front().title()));
    describe();
  }

  /// Nothing is read on a server that is not shown, but its user is as active as the user of the
  /// shown one.
  private void hide(int number) {
    var seat = window.seat(number);
    if (number == window.shown() || seat.isEmpty()) return;
    var now = seat.get().model().activity();
    var lastKey = window.front().model().activity().lastKey();
    if (now.hasFocus() || !now.lastKey().equals(lastKey)) tell(number, new Input.Hidden(lastKey));
  }

  private void opened(Seat seat, boolean isShown) {
    if (isShown) formsWithoutLogin().forEach(this::close);
    window = window.adding(seat);
    if (isShown) show(seat.number(), Optional.empty());
    else hide(seat.number());
  }

  /// There is at most one form to log in at a new server.
  private List<Seat> formsWithoutLogin() {
    return window.seats().stream().filter(it -> it.profile().isEmpty()).toList();
  }

  private void storedLogin(int number, String profile) {
    window.seats().stream()
        .filter(it -> it.number() != number && it.profile().equals(Optional.of(profile)))
        .forEach(this::close);
    window = window.change(number, it -> it.of(profile));
    if (window.hasOthers()) {
      var all = new ArrayList<>(window.profiles());
      if (!all.contains(profile)) all.add(profile);
      requests.add(new WindowRequest.Keep(all));
    }
  }

  /// Handles a log-out by the user at this server.
  private void loggedOut(int number) {
    var seat = window.seat(number);
    if (seat.isEmpty()) return;
    seat.get().profile().ifPresent(it -> requests.add(new WindowRequest.Forget(it)));
    if (!window.hasOthers()) {
      window = window.over();
      return;
    }
    var name = Servers.name(window, seat.get());
    close(seat.get());
    say("You are logged out of " + name + ".", false);
  }

  private void remove(Seat seat) {
    var name = Servers.name(window, seat);
    seat.profile().ifPresent(it -> requests.add(new WindowRequest.Forget(it)));
    close(seat);
    say(name + " is closed. /server add " + name + " opens it again.", false);
  }

  private void close(Seat seat) {
    boolean wasShown = seat.number() == window.shown();
    var before = window.front().model().settings();
    window = window.without(seat.number());
    if (window.seat(seat.number()).isPresent()) return;
    requests.add(new WindowRequest.Close(seat));
    if (!wasShown) return;
    tell(window.shown(), new Input.Shown(before.theme(), before.hasMouse(), Optional.empty()));
    execute(window.shown(), new Request.Title(window.front().title()));
    describe();
  }

  /// Sends the shown server the state of the others.
  private void describe() {
    var servers = Servers.of(window);
    if (!servers.equals(window.front().model().servers()))
      tell(window.shown(), new Input.Servers(servers));
  }
}
