package kith.terminal.simulation;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Model;
import kith.terminal.model.Size;
import kith.terminal.net.RefusedPost;
import kith.terminal.net.SessionEffect;
import kith.terminal.net.SessionEvent;
import kith.terminal.net.SessionInput;
import kith.terminal.net.SessionModel;
import kith.terminal.net.SessionMoment;
import kith.terminal.net.SessionUpdate;
import kith.terminal.update.Input;
import kith.terminal.update.Moment;
import kith.terminal.update.Request;
import kith.terminal.update.Update;

/// The full-screen client on its session, with its disk. Requests and frames between them, or on
/// the network, take any number of steps.
final class SimulatedClient {
  private final Random dice;
  private final Runnable socketEnds;
  private final Map<String, ClientFrame.Post> disk = new LinkedHashMap<>();
  private final Map<String, RefusedPost> refused = new LinkedHashMap<>();
  private final List<ClientFrame.Post> notForced = new ArrayList<>();
  private final Queue<SessionInput> inputs = new ArrayDeque<>();
  private final Queue<SessionEvent> events = new ArrayDeque<>();

  /// Frames to the node that have not arrived.
  final Queue<ClientFrame> out = new ArrayDeque<>();

  private SessionModel session;
  private Model screen;
  private long now = 1_000_000;
  private int ids;

  /// @param socketEnds called when the client gives its socket up
  SimulatedClient(Random dice, Runnable socketEnds) {
    this.dice = dice;
    this.socketEnds = socketEnds;
    session = restored();
    screen = blank();
    starts();
  }

  private SessionModel restored() {
    return SessionModel.of(List.of(URI.create("http://node")), true, List.copyOf(disk.values()));
  }

  private static Model blank() {
    return Model.start(new Size(80, 24), ClientConf.shipped().withTheme("dark"), ZoneOffset.UTC);
  }

  private void starts() {
    takes(
        new Input.LoggedIn(
            SimulatedNode.USER,
            "example.org",
            List.copyOf(disk.values()),
            List.copyOf(refused.values()),
            List.of()));
    inputs.add(new SessionInput.Start());
  }

  /// `kill -9` and a new start. A removal from the outbox is not forced to disk.
  void isKilledAndStartsAgain() {
    int lost = notForced.isEmpty() ? 0 : dice.nextInt(notForced.size() + 1);
    for (var post : notForced.subList(notForced.size() - lost, notForced.size()))
      disk.put(key(post), post);
    notForced.clear();
    inputs.clear();
    events.clear();
    closes();
    session = restored();
    screen = blank();
    starts();
  }

  Model screen() {
    return screen;
  }

  boolean isStored(ClientFrame.Post post) {
    return disk.containsKey(key(post)) || refused.containsKey(key(post));
  }

  private static String key(ClientFrame.Post post) {
    return post.room() + " " + post.id();
  }

  private void closes() {
    out.clear();
    socketEnds.run();
  }

  void loses() {
    closes();
    inputs.add(new SessionInput.Lost(session.socket(), OptionalLong.empty(), "broken"));
  }

  void passes(long millis) {
    now += millis;
    inputs.add(new SessionInput.Tick());
  }

  void receives(ServerFrame frame) {
    inputs.add(new SessionInput.Received(session.socket(), frame));
  }

  void takes(Input input) {
    var moment = new Moment(Instant.ofEpochMilli(now), "id-" + ++ids);
    var step = Update.update(screen, input, moment);
    screen = step.model();
    for (var request : step.requests())
      if (request instanceof Request.Session(var command)) inputs.add(command);
  }

  void writes(String text) {
    takes(new Input.Typed(text));
    takes(new Input.Key("Enter"));
  }

  void emptiesTheEditor() {
    takes(new Input.Key("Ctrl-c"));
  }

  boolean isBusy() {
    return !inputs.isEmpty() || !events.isEmpty();
  }

  /// One step of the session or of the screen.
  void works() {
    boolean isScreen = !events.isEmpty() && (inputs.isEmpty() || dice.nextBoolean());
    if (isScreen) takes(new Input.Net(events.remove()));
    else if (!inputs.isEmpty()) works(inputs.remove());
  }

  private void works(SessionInput input) {
    var step = SessionUpdate.update(session, input, new SessionMoment(now, dice.nextDouble()));
    session = step.model();
    step.effects().forEach(this::execute);
  }

  private void execute(SessionEffect effect) {
    switch (effect) {
      case SessionEffect.FetchToken _ -> inputs.add(new SessionInput.TokenGiven("token"));
      case SessionEffect.Dial(var socket, _) -> {
        closes();
        inputs.add(new SessionInput.Connected(socket));
      }
      case SessionEffect.Transmit(var socket, var frame) -> {
        if (socket == session.socket()) out.add(frame);
      }
      case SessionEffect.Drop _ -> closes();
      case SessionEffect.Store(var post) -> {
        disk.put(key(post), post);
        refused.remove(key(post));
        inputs.add(new SessionInput.Stored(post));
      }
      case SessionEffect.Refuse(var post, var why) -> {
        disk.remove(key(post));
        refused.put(key(post), new RefusedPost(post, why));
      }
      case SessionEffect.Forget(var post) -> {
        if (disk.remove(key(post)) != null) notForced.add(post);
        refused.remove(key(post));
      }
      case SessionEffect.StoreUpload(var upload) -> events.add(new SessionEvent.UploadKept(upload));
      case SessionEffect.Emit(var event) -> events.add(event);
    }
  }
}
