package kith.terminal.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Limits;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.config.ClientConf;
import kith.terminal.config.Conf;
import kith.terminal.model.Model;
import kith.terminal.model.Size;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.runtime.Painting;
import kith.terminal.update.Input;
import kith.terminal.update.Moment;
import kith.terminal.update.Request;
import kith.terminal.update.Update;

/// Ann's full-screen client: inputs, requests and the resulting screen.
public final class Story {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final FakeInbox lists = new FakeInbox();
  private final List<Request> requests = new ArrayList<>();
  private Model model;
  private int steps;

  public Story(int columns, int rows) {
    this(columns, rows, ClientConf.shipped());
  }

  public Story(int columns, int rows, Conf conf) {
    model = Model.start(new Size(columns, rows), conf.withTheme("dark"), ZoneOffset.UTC);
    happens(new Input.LoggedIn("ann", "example.org", List.of(), List.of(), List.of()));
  }

  public static Story atHome(int columns, int rows) {
    return atHome(columns, rows, ClientConf.shipped());
  }

  public static Story atHome(int columns, int rows, Conf conf) {
    var story = new Story(columns, rows, conf);
    story.online();
    story.isIn("r1", "garden", 1, 1, 0);
    story.isIn("r2", "lobby", 1, 1, 0);
    story.listed();
    story.pages("r1");
    return story;
  }

  public static RoomAnswers.Room room(String id, String name, long lastSeq) {
    return new RoomAnswers.Room(
        id,
        name,
        "",
        Visibility.PUBLIC,
        false,
        OptionalInt.empty(),
        Optional.empty(),
        2,
        NOON,
        Optional.of(Role.MEMBER),
        Optional.of(lastSeq),
        Optional.empty(),
        Optional.empty());
  }

  public static Entry.Message message(long seq, String by, String body) {
    return new Entry.Message(
        seq,
        NOON.plusSeconds(seq),
        by,
        "m" + seq,
        Optional.of(body),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        body.contains("@ann") ? Optional.of(List.of("ann")) : Optional.empty());
  }

  public static Instant noon() {
    return NOON;
  }

  public void happens(Input input) {
    steps++;
    takes(input);
  }

  private void takes(Input input) {
    var step = Update.update(model, input, new Moment(NOON.plusSeconds(steps), "id" + steps));
    model = step.model();
    requests.addAll(step.requests());
    step.requests().forEach(this::answers);
  }

  /// Updates the inbox as the server does.
  private void answers(Request request) {
    var answer =
        switch (request) {
          case Request.Session(SessionCommand.Read(var room, var seq)) -> lists.read(room, seq);
          case Request.Session(SessionCommand.Unread(var room, var seq)) -> lists.unread(room, seq);
          case Request.Mute(var room, var is) -> lists.muted(room, is);
          default -> Optional.<SessionEvent>empty();
        };
    answer.ifPresent(event -> takes(new Input.Net(event)));
  }

  /// @param unread the number of latest entries that are unread messages of others
  public void isIn(String room, String name, long seq, long read, int unread) {
    lists.has(room, name, seq, read, unread);
  }

  public void listed() {
    happens(new Input.Net(lists.whole()));
  }

  /// On another of ann's devices.
  public void readsElsewhere(String room, long seq) {
    lists.read(room, seq).ifPresent(event -> happens(new Input.Net(event)));
  }

  public void passes(Duration time) {
    steps += (int) time.toSeconds();
    takes(new Input.Tick());
  }

  public void online() {
    online(Optional.empty());
  }

  public void online(Optional<Limits.OfSocket> ofSocket) {
    state(
        new ConnectionState.Online(
            new ServerFrame.Welcome("ann", "d", "s", "node-1", NOON, limits(ofSocket), List.of())));
  }

  private static Limits limits(Optional<Limits.OfSocket> ofSocket) {
    return new Limits(
        65_536,
        16_384,
        300,
        600,
        600,
        1_200,
        500,
        500,
        10_000,
        262_144,
        200,
        25_000,
        90_000,
        900_000,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ofSocket,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public void state(ConnectionState state) {
    happens(new Input.Net(new SessionEvent.StateChanged(state)));
  }

  public void arrives(String room, Entry... entries) {
    lists.arrived(room, entries);
    happens(new Input.Net(new SessionEvent.Arrived(room, Arrays.asList(entries))));
    lists.changed(room).ifPresent(event -> takes(new Input.Net(event)));
  }

  /// Answers the latest history query.
  public void pages(String room, Entry... entries) {
    var asked = latestCommand(SessionCommand.History.class);
    assertThat(asked.question().room()).isEqualTo(room);
    happens(
        new Input.Net(
            new SessionEvent.Page(asked.question().id(), room, Arrays.asList(entries), false)));
  }

  public void types(String text) {
    text.codePoints().forEach(point -> happens(new Input.Typed(Character.toString(point))));
  }

  public void presses(String... chords) {
    for (var chord : chords) happens(new Input.Key(chord));
  }

  public <T extends Request> T latest(Class<T> type) {
    return latest(requests, type);
  }

  public <T extends SessionCommand> T latestCommand(Class<T> type) {
    return latest(commands(), type);
  }

  private static <T> T latest(List<?> all, Class<T> type) {
    return all.reversed().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  public List<Request> requests() {
    return requests;
  }

  /// The commands for the session.
  public List<SessionCommand> commands() {
    return requests.stream()
        .filter(Request.Session.class::isInstance)
        .map(request -> ((Request.Session) request).command())
        .toList();
  }

  public Model model() {
    return model;
  }

  /// The rows of a virtual terminal with this screen, without trailing spaces.
  public List<String> screen() {
    var size = model.size();
    var terminal = new DefaultVirtualTerminal(new TerminalSize(size.columns(), size.rows()));
    try {
      Painting.paint(terminal, Screen.draw(model));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return terminal.toString().lines().map(String::stripTrailing).toList();
  }
}
