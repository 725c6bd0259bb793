package kith.node.core.session;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.BotAccount;
import kith.node.core.room.Rooms;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The functions of an open session that its parts may use. Used by one thread only, like the
/// session itself.
public final class SessionHost {
  private final ActorContext<Session.Command> context;
  private final TimerScheduler<Session.Command> timers;
  private final SessionContext services;
  private final Outbound outbound;
  private final Access caller;
  private final InetAddress address;
  private final RateLimit rate;
  private final OpenRooms rooms;
  private final SessionParts parts;
  private final boolean live;
  private final Optional<BotAccount.Grant> grant;
  private ActorRef<Account.Command> account;
  private Relations relations;

  /// The parts have begun, and are notified of changes.
  private boolean hasBegun;

  SessionHost(
      ActorContext<Session.Command> context,
      TimerScheduler<Session.Command> timers,
      SessionContext services,
      Outbound outbound,
      Access caller,
      InetAddress address,
      boolean live,
      Account.Attached attached) {
    this.context = context;
    this.timers = timers;
    this.services = services;
    this.outbound = outbound;
    this.caller = caller;
    this.address = address;
    this.live = live;
    this.account = attached.account();
    this.grant = attached.grant();
    this.relations = new Relations(Set.of(), attached.policy());
    this.rooms = new OpenRooms(context, services, outbound, caller.user(), this::relations);
    this.parts = new SessionParts(services.features());
    var settings = services.settings();
    this.rate = newRate(settings.sendsPerSecond(), settings.sendBurst());
  }

  public String user() {
    return caller.user();
  }

  public String device() {
    return caller.device();
  }

  /// The client's address, as it was when it connected.
  public InetAddress address() {
    return address;
  }

  /// Ends the session after the messages that it has received before.
  public void dismiss(Code code) {
    context.getSelf().tell(new Session.Dismissed(code));
  }

  /// For message adapters, `pipeToSelf` and `ask`. A message for a part is one of its commands.
  public ActorContext<Session.Command> context() {
    return context;
  }

  /// Keyed by message: a part uses its own commands only.
  public TimerScheduler<Session.Command> timers() {
    return timers;
  }

  public Outbound outbound() {
    return outbound;
  }

  public OpenRooms rooms() {
    return rooms;
  }

  /// The current address of the account; it changes when the account moves.
  public ActorRef<Account.Command> account() {
    return account;
  }

  public Relations relations() {
    return relations;
  }

  /// The client has asked for the live views of its account, in its `hello`.
  public boolean isLive() {
    // they show all rooms, and a bot's token may cover only some
    return live && grant.flatMap(BotAccount.Grant::rooms).isEmpty();
  }

  /// The part that keeps the contacts reports them whenever they change.
  public void contactsAre(Set<String> contacts) {
    relationsAre(contacts, relations.policy());
  }

  /// False if the token of a bot does not cover this room.
  public boolean covers(String room) {
    return grant.map(it -> it.covers(room)).orElse(true);
  }

  /// False if a bot has a token to read only.
  public boolean mayWrite() {
    return grant.map(BotAccount.Grant::write).orElse(true);
  }

  /// True if this is a session of a bot.
  public boolean isOfBot() {
    return grant.isPresent();
  }

  /// A monotonic clock, for rates and intervals.
  public long nanos() {
    return services.nanoClock().getAsLong();
  }

  /// A rate limit for one part, in addition to the one that all frames of this socket share.
  public RateLimit newRate(int perSecond, int burst) {
    return new RateLimit(perSecond, burst, nanos());
  }

  /// Counts one frame against the rate of this socket. If false, the client has been sent an error
  /// with the time to wait.
  public boolean isWithinRate(Optional<String> room) {
    return isWithin(rate, room);
  }

  /// The same for a rate limit of one part.
  public boolean isWithin(RateLimit limit, Optional<String> room) {
    var wait = limit.take(nanos());
    if (wait > 0)
      outbound.refuse(
          Code.RATE_LIMITED,
          "Too many requests at once; try again later.",
          room,
          OptionalLong.of(wait));
    return wait == 0;
  }

  /// Counts a frame that names an entry of a room, and checks the room id and the seq. If false,
  /// the client has been sent an error.
  public boolean accepts(String room, long seq) {
    if (!isWithinRate(Optional.of(room))) return false;
    if (!Rooms.isId(room)) return refuse(room, "The field 'room' must be a room id.");
    return seq >= 1 || refuse(room, "The field 'seq' must be positive.");
  }

  private boolean refuse(String room, String message) {
    outbound.roomProblem(Code.BAD_FIELD, message, room, OptionalLong.empty());
    return false;
  }

  /// True if the others in a room should not notice this client.
  public boolean isSilenced(String room) {
    return parts.areSilenced(room);
  }

  /// The part of another feature, which must be listed before the caller's.
  public <P extends SessionPart> P part(Class<P> type) {
    return parts.part(type);
  }

  // for the session itself

  SessionContext services() {
    return services;
  }

  RateLimit rate() {
    return rate;
  }

  SessionParts parts() {
    return parts;
  }

  Access caller() {
    return caller;
  }

  void begin(Account.Attached attached) {
    parts.each(part -> part.begin(attached));
    hasBegun = true;
  }

  /// The account has accepted this session again.
  void attached(Account.Attached attached) {
    account = attached.account();
    policyIs(attached.policy());
    parts.each(part -> part.accountChanged(attached));
  }

  void policyIs(PrivacyPolicy policy) {
    relationsAre(relations.contacts(), policy);
  }

  private void relationsAre(Set<String> contacts, PrivacyPolicy policy) {
    var before = relations;
    relations = new Relations(contacts, policy);
    if (hasBegun && !relations.equals(before))
      parts.each(part -> part.relationsChanged(before, relations));
  }
}
