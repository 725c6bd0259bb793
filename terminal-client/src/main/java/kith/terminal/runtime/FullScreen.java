package kith.terminal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kith.terminal.config.Conf;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Size;
import kith.terminal.net.SessionEvent;
import kith.terminal.profile.Access;
import kith.terminal.runtime.FirstServers.First;
import kith.terminal.update.Input;
import kith.terminal.update.Moment;
import kith.terminal.update.Request;
import kith.terminal.view.Screen;
import kith.terminal.window.Window;
import kith.terminal.window.Window.Seat;
import kith.terminal.window.WindowInput;
import kith.terminal.window.WindowRequest;
import kith.terminal.window.WindowUpdate;

/// The loop of the full-screen client: handles one input at a time, draws frames, executes
/// requests.
public final class FullScreen {
  private static final int MAX_INPUTS_PER_FRAME = 256;

  /// The longest delay of a frame, to combine events. Keys are drawn at once.
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /// If a wait of one second takes this long, the process was suspended.
  private static final Duration STOPPED = Duration.ofSeconds(3);

  /// The result of a run.
  ///
  /// @param unsent the number of messages left in the outboxes
  public record End(long unsent) {}

  private final Display tty;
  private final TerminalGraphics graphics;
  private final Painter painter;
  private final Clock clock = Clock.systemUTC();
  private final Arrivals arrivals = new Arrivals();
  private final Arrivals.Sender terminal = arrivals.sender(Arrivals.TERMINAL);
  private final SaveSchedule schedule = new SaveSchedule(System.nanoTime());
  private final Keyboard keyboard;
  private final SpellChecker spelling;
  private final ServerList servers;
  private final Conf conf;
  private final Map<Integer, Server> open = new HashMap<>();
  private int seats;
  private Window window;

  private FullScreen(ServerList servers, Display tty, Size size, Conf conf, First first) {
    this.servers = servers;
    this.tty = tty;
    this.conf = conf;
    graphics = TerminalGraphics.of(conf.pictures(), System.getenv());
    painter = new Painter(tty, conf.links().orElse(false), graphics);
    keyboard = new Keyboard(tty, graphics::answered, terminal);
    spelling = SpellChecker.of(conf.spelling(), terminal);
    window = Window.of(seat(first, size));
  }

  /// @param access absent if the user must log in first, at `server`
  public static End run(
      Display tty, Optional<Access> access, Authenticator authenticator, String server, Conf conf)
      throws IOException, InterruptedException {
    var first = new FirstServers(First.of(access, server), List.of());
    return run(tty, first, ServerList.alone(authenticator), conf);
  }

  public static End run(FirstServers first, ServerList servers, Conf conf)
      throws IOException, InterruptedException {
    try (var tty = Tty.open()) {
      return run(tty, first, servers, conf);
    }
  }

  /// Runs on a terminal that the caller owns and closes.
  private static End run(Display tty, FirstServers first, ServerList servers, Conf conf)
      throws IOException, InterruptedException {
    boolean hasLinks = conf.links().orElseGet(() -> Hyperlinks.areSupported(System.getenv()));
    boolean strikes = conf.strikes().orElseGet(() -> StrikeThrough.isSupported(System.getenv()));
    var screen = new FullScreen(servers, tty, size(tty), conf.on(hasLinks, strikes), first.shown());
    tty.enterPrivateMode();
    if (conf.mouse()) tty.mouse(true);
    tty.ask(screen.graphics.question());
    return screen.loop(first);
  }

  private static Size size(Display tty) throws IOException {
    var size = tty.getTerminalSize();
    return new Size(size.getColumns(), size.getRows());
  }

  private End loop(FirstServers first) throws IOException, InterruptedException {
    try {
      var fault = beginFirst(first);
      tty.addResizeListener((_, size) ->
          terminal.offer(new Input.Resized(new Size(size.getColumns(), size.getRows()))));
      keyboard.start();
      if (!first.others().isEmpty()) {
        draw();
        for (var other : first.others()) open(other, false);
        if (fault.isPresent()) handle(fault.get());
      }
      while (!window.isOver()) {
        draw();
        awaitFrame(System.nanoTime() + FRAME_NANOS);
      }
      return new End(window.waiting());
    } finally {
      // first, because later steps may fail
      tty.exitPrivateMode();
      close();
    }
  }

  /// @return the notice about the first server, shown when the others are open
  private Optional<WindowInput> beginFirst(FirstServers first) throws IOException {
    try {
      begin(window.shown(), first.shown());
      return Optional.empty();
    } catch (IOException | UncheckedIOException fault) {
      if (first.others().isEmpty()) throw fault;
      return Optional.of(
          new WindowInput.NotOpened(
              window.shown(), first.shown().address() + ": " + fault.getMessage()));
    }
  }

  /// The data of each server is saved independently of the others.
  private void close() {
    for (var seat : window.seats()) server(seat.number()).saveCache(seat.model(), false);
    var fault = Optional.<RuntimeException>empty();
    for (var server : open.values()) {
      try {
        server.close();
      } catch (RuntimeException thrown) {
        fault = Optional.of(thrown);
      }
    }
    spelling.close();
    if (window.hasOthers()) window.front().profile().ifPresent(servers::show);
    if (fault.isPresent()) throw fault.get();
  }

  private Server server(int seat) {
    return Optional.ofNullable(open.get(seat)).orElseThrow();
  }

  /// A seat with its own threads and files, which begin when it is in the window.
  private Seat seat(First first, Size size) {
    int number = seats++;
    var sender = arrivals.sender(number);
    var effects =
        new Effects(servers.authenticator(first.profile()), tty, painter, clock, sender, spelling);
    open.put(number, new Server(effects, sender, clock));
    var start = Model.start(size, conf, ZoneId.systemDefault());
    var model = first.access().isPresent() ? start : start.loggingIn(form(first));
    return Seat.of(number, first.profile(), model);
  }

  private static Form form(First first) {
    var form = Form.of(first.address());
    return first
        .user()
        .map(user -> form.switched().focused(Form.USER).typed(user).focused(Form.PASSWORD))
        .orElseGet(() -> first.address().isEmpty() ? form.focused(Form.SERVER) : form);
  }

  /// A server that cannot be opened does not affect the others.
  private void open(First first, boolean isShown) throws IOException {
    var seat = seat(first, window.front().model().size());
    handle(new WindowInput.Opened(seat, isShown));
    begin(seat.number(), first);
  }

  private void begin(int seat, First first) throws IOException {
    if (first.access().isPresent()) begin(seat, first.access().get());
    else if (!first.address().isEmpty())
      server(seat).effects().execute(new Request.FindProviders(first.address()));
  }

  /// A server whose files cannot be used does not end the others.
  private void begin(int seat, Access access) throws IOException {
    try {
      beginAlone(seat, access);
    } catch (IOException | UncheckedIOException fault) {
      if (!window.hasOthers()) throw fault;
      handle(new WindowInput.NotOpened(seat, access.server() + ": " + fault.getMessage()));
    }
  }

  private void beginAlone(int seat, Access access) throws IOException {
    handle(new WindowInput.StoredLogin(seat, access.profile().name()));
    var effects = server(seat).effects();
    var preferences = effects.preferencesOf(access).preferences();
    var drafts = effects.draftsOf(access).drafts();
    // last of the steps that may fail, because it holds a lock
    var outbox = access.outbox();
    effects.openFiles(access);
    handle(seat, new Input.PreferencesLoaded(preferences));
    handle(
        seat,
        new Input.LoggedIn(
            access.user(),
            access.server(),
            outbox.unanswered(),
            outbox.refused(),
            outbox.uploads()));
    handle(seat, new Input.DraftsLoaded(drafts));
    effects.openCache(access, conf.hasCache());
    effects.connect(access, outbox);
  }

  /// A full disk does not end the client.
  private void save() throws IOException {
    for (var seat : window.seats()) {
      var server = server(seat.number());
      try {
        server.effects().save();
      } catch (UncheckedIOException fault) {
        handle(seat.number(), new Input.Answer(List.of(String.valueOf(fault.getMessage())), true));
      }
      server.saveCacheIfDue(seat.model());
    }
  }

  private void saveIfDue(long now) throws IOException {
    boolean isTick = schedule.ticks(now);
    if (isTick) handle(new WindowInput.OfTerminal(new Input.Tick()));
    if (schedule.pauses(now) || isTick) save();
  }

  /// Handles inputs until the next frame is due.
  private void awaitFrame(long due) throws IOException, InterruptedException {
    long before = System.nanoTime();
    var next = arrivals.poll(schedule.remaining(before), TimeUnit.NANOSECONDS);
    if (System.nanoTime() - before > STOPPED.toNanos() && !isLent()) retake();
    logIn();
    saveIfDue(System.nanoTime());
    if (next == null) return;
    boolean isPressed = handle(next);
    for (int more = 0; more < MAX_INPUTS_PER_FRAME && !window.isOver(); more++) {
      long wait = isPressed ? 0 : Math.max(0, due - System.nanoTime());
      next = arrivals.poll(wait, TimeUnit.NANOSECONDS);
      if (next == null) return;
      isPressed |= handle(next);
    }
  }

  /// The log-ins since the previous frame.
  private void logIn() throws IOException {
    for (var seat : window.seats()) {
      var access = server(seat.number()).effects().loggedIn();
      if (access.isPresent()) begin(seat.number(), access.get());
    }
  }

  private boolean isLent() {
    return open.values().stream().anyMatch(it -> it.effects().isLent());
  }

  private void retake() throws IOException {
    tty.retake();
    handle(new WindowInput.OfTerminal(new Input.Resized(size(tty))));
    if (window.front().model().settings().hasMouse()) tty.mouse(true);
    painter.forget();
  }

  private void draw() throws IOException {
    if (window.hasOthers() || !window.front().model().servers().isEmpty())
      handle(new WindowInput.Frame());
    tty.beginFrame();
    painter.paint(Screen.draw(window.front().model()));
    tty.endFrame();
  }

  /// @return whether it was a key or a click, which is drawn at once
  private boolean handle(Arrivals.Arrival arrival) throws IOException {
    var input = arrival.input();
    if (arrival.sender() != Arrivals.TERMINAL) {
      handle(arrival.sender(), input);
      // the outbox has the message: its draft is gone before the screen shows that it was sent
      if (input instanceof Input.Net(SessionEvent.Kept _)) save();
      return false;
    }
    handle(new WindowInput.OfTerminal(input));
    boolean isPressed = input.isFromTerminal();
    if (isPressed) schedule.pressed(System.nanoTime());
    // not after the last key: the JVM waits 300 ms for a thread that reads when it exits
    if (isPressed && !isLent() && !window.isOver()) keyboard.resume();
    return isPressed;
  }

  private void handle(int seat, Input input) throws IOException {
    if (input instanceof Input.EditedExternally || input instanceof Input.NotEdited) {
      open.values().forEach(it -> it.effects().terminalReturned());
      keyboard.resume();
      retake();
    }
    handle(new WindowInput.OfSeat(seat, input));
  }

  private void handle(WindowInput input) throws IOException {
    var step =
        WindowUpdate.update(
            window, input, new Moment(clock.instant(), UUID.randomUUID().toString()));
    window = step.window();
    for (var request : step.requests()) execute(request);
  }

  private void execute(WindowRequest request) throws IOException {
    switch (request) {
      case WindowRequest.OfSeat(var number, var ofSeat) -> {
        var server = open.get(number);
        if (server == null) return;
        server.effects().execute(ofSeat);
        if (ofSeat instanceof Request.SaveCache)
          window.seat(number).ifPresent(it -> server.saveCache(it.model(), true));
      }
      case WindowRequest.Open(var address, var user) -> open(address, user);
      case WindowRequest.Close(var seat) -> {
        var server = server(seat.number());
        open.remove(seat.number());
        server.saveCache(seat.model(), false);
        server.close();
      }
      case WindowRequest.Keep(var profiles) -> servers.keep(profiles);
      case WindowRequest.Forget(var profile) -> servers.forget(profile);
    }
  }

  private void open(String address, Optional<String> user) throws IOException {
    var stored = servers.stored(address, user, window.profiles());
    open(First.of(stored, address, user), true);
  }
}
