package kith.node.core.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Passwords;
import kith.node.auth.Secret;
import kith.node.auth.ServerAct;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import kith.protocol.ServerRole;
import kith.protocol.ShownTo;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.actor.NotInfluenceReceiveTimeout;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// The messages of an account, which has one instance in the whole cluster. The entity is found by
/// its canonical user name, which makes names unique. [AccountBehavior] handles them.
public final class Account {
  private Account() {}

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "account");

  public sealed interface Command extends CborSerializable {}

  /// Hashes or compares a password, on a separate thread.
  sealed interface PasswordCommand extends Command
      permits SignUp, LogIn, ChangePassword, ResetPassword, Delete, AccountPasswords.Found {}

  public record SignUp(
      Secret password,
      Optional<String> displayName,
      Optional<String> email,
      NewDevice device,
      ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  /// @param from absent if the client connects to a node of an older release
  public record LogIn(
      Secret password, NewDevice device, Optional<Client> from, ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  public record ChangePassword(
      String device, Secret current, Secret replacement, ActorRef<Answer> replyTo)
      implements PasswordCommand {}

  /// Sets a new password with the code of an administrator, and logs in.
  public record ResetPassword(
      Secret code, Secret replacement, NewDevice device, Client from, ActorRef<Admission> replyTo)
      implements PasswordCommand {}

  /// @param messages whether its messages are redacted, too; absent means no
  public record Delete(Secret password, Optional<Boolean> messages, ActorRef<Answer> replyTo)
      implements PasswordCommand {}

  /// Concerns the devices that are logged in.
  sealed interface DeviceCommand extends Command
      permits Refresh, CheckDevice, EndDevice, EndAllDevices, ListDevices {}

  public record Refresh(String device, long generation, ActorRef<Admission> replyTo)
      implements DeviceCommand {}

  /// An access token is used.
  ///
  /// @param generation absent if the client connects to a node of an older release
  public record CheckDevice(
      String device, Optional<Long> generation, ActorRef<DeviceAnswer> replyTo)
      implements DeviceCommand {}

  /// @param why the reason for the device, if it is not a log-out; absent from nodes of an older
  ///   release
  public record EndDevice(
      String device,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Code> why,
      ActorRef<Answer> replyTo)
      implements DeviceCommand {
    public EndDevice(String device, ActorRef<Answer> replyTo) {
      this(device, Optional.empty(), replyTo);
    }
  }

  public record EndAllDevices(ActorRef<Answer> replyTo) implements DeviceCommand {}

  /// An administrator acts on this account, which decides whether the role suffices.
  public record Administer(ServerRole by, AccountAct act, ActorRef<Answer> replyTo)
      implements Command {}

  /// Concerns a bot and its owner.
  sealed interface BotCommand extends Command
      permits OfBot, AccountBots.OwnerAnswered, AccountBots.CheckOwner {}

  /// The owner of a bot acts on it.
  public record OfBot(String owner, BotAct act, ActorRef<BotAnswer> replyTo)
      implements BotCommand {}

  public record AskServerRole(ActorRef<ServerRoleAnswer> replyTo) implements Command {}

  public record ListDevices(ActorRef<DevicesReply> replyTo) implements DeviceCommand {}

  public record Read(ActorRef<ReadReply> replyTo) implements Command {}

  /// Absent means unchanged; an empty text removes the field.
  public record ChangeProfile(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      ActorRef<ReadReply> replyTo)
      implements Command {}

  /// Concerns open sockets.
  sealed interface SessionCommand extends Command permits Attach, AccountSessions.Gone {}

  /// A socket of a device has opened: subscribes it to the account. The answer is [Attached], in
  /// pages; the words of parts that need time follow. Can be repeated, and must be after the
  /// account actor that answered has stopped.
  ///
  /// @param generation of the access token that is used; absent if the client connects to a node of
  ///   an older release
  /// @param live the client has asked for the live views of its account
  /// @param session watched, and notified when the device ends
  public record Attach(
      String device,
      Optional<Long> generation,
      boolean live,
      ActorRef<AttachReply> replyTo,
      ActorRef<DeviceEnded> session)
      implements SessionCommand {}

  /// Concerns a room: the account persists its intent, asks the room, and persists the answer.
  public sealed interface RoomCommand extends Command permits RoomRequest, AccountRooms.Heard {
    String room();
  }

  /// Waits while another request about the same room is open.
  public sealed interface RoomRequest extends RoomCommand {}

  /// Creates a room with a new id, and becomes its first member.
  public record Open(String room, CreateRoom request, ActorRef<Answer> replyTo)
      implements RoomRequest {}

  public record Join(
      String room, Optional<String> passcode, Optional<String> invitation, ActorRef<Answer> replyTo)
      implements RoomRequest {}

  public record Leave(String room, ActorRef<Answer> replyTo) implements RoomRequest {}

  /// The account may not be a member any more: kicked, or the room was deleted. It asks the room.
  public record RoomEnded(String room) implements RoomRequest {}

  /// A command of a feature's part. Each has exactly one owner, checked when the node starts.
  public non-sealed interface PartCommand extends Command {}

  /// A command of a feature's part about a room. The part receives it while no question about that
  /// room is open, and may ask one.
  public non-sealed interface PartRoomRequest extends RoomRequest, PartCommand {
    ActorRef<Answer> replyTo();
  }

  /// Concerns the account's blocked users or its privacy settings.
  sealed interface PrivacyCommand extends Command permits Block, ChangePrivacy, AskRelations {}

  /// Blocks or unblocks a user. The other user is not notified.
  public record Block(String user, boolean blocked, ActorRef<Answer> replyTo)
      implements PrivacyCommand {}

  /// Absent means unchanged.
  public record ChangePrivacy(
      Optional<ShownTo> lastSeen,
      Optional<ShownTo> receipts,
      Optional<Boolean> typing,
      Optional<ConversationsFrom> conversations,
      ActorRef<ReadReply> replyTo)
      implements PrivacyCommand {}

  public record AskRelations(ActorRef<RelationsAnswer> replyTo) implements PrivacyCommand {}

  record Sweep() implements Command, NotInfluenceReceiveTimeout {}

  /// A periodic tick: checks whether a command has arrived since the last tick.
  record Idle() implements Command {}

  /// Sharding asks the account to leave this node.
  record Stop() implements Command {}

  /// All parts have saved their work, or took too long.
  record Settled() implements Command {}

  /// A device that logs in, as its client describes it.
  public record NewDevice(String name, boolean cookies) {}

  public sealed interface Admission extends CborSerializable {}

  /// The device gets tokens; its refresh token has this generation and was made at `at`.
  public record Admitted(String device, boolean cookies, long generation, Instant at)
      implements Admission {}

  /// The password is right, and the account needs a further proof. No device has begun.
  ///
  /// @param password shows later that the password was right
  public record ProofRequired(String password) implements Admission {}

  public sealed interface Answer extends CborSerializable {}

  public record Done() implements Answer, DeviceAnswer, BotAnswer {}

  public sealed interface DeviceAnswer extends CborSerializable {}

  public sealed interface BotAnswer extends CborSerializable {}

  /// The token of the bot is valid, and has this grant.
  public record Granted(BotAccount.Grant grant) implements DeviceAnswer {}

  /// The tokens of a bot, the oldest first.
  public record BotView(List<ListedToken> tokens) implements BotAnswer {
    public BotView {
      tokens = List.copyOf(tokens);
    }

    static BotView of(Map<String, BotAccount.Token> tokens) {
      return new BotView(
          tokens.entrySet().stream()
              .map(it -> new ListedToken(it.getKey(), it.getValue()))
              .sorted(Comparator.comparing(it -> it.token().created()))
              .toList());
    }

    public Optional<BotAccount.Token> token(String id) {
      return tokens.stream().filter(it -> it.id().equals(id)).map(ListedToken::token).findFirst();
    }
  }

  public record ListedToken(String id, BotAccount.Token token) {}

  public sealed interface ReadReply extends CborSerializable {}

  /// @param relations absent if the account runs on a node of an older release
  /// @param owner who answers for a bot
  public record View(
      Optional<String> displayName,
      Optional<String> picture,
      Optional<String> email,
      Instant created,
      List<String> rooms,
      Optional<Relations> relations,
      Optional<String> owner)
      implements ReadReply {
    public View(
        Optional<String> displayName,
        Optional<String> picture,
        Optional<String> email,
        Instant created,
        List<String> rooms,
        Optional<Relations> relations) {
      this(displayName, picture, email, created, rooms, relations, Optional.empty());
    }
  }

  /// @param exists false if nobody has this name, or the account is deleted
  /// @param resetExpires until when a code for a new password is valid, if there is one
  public record ServerRoleAnswer(
      boolean exists, ServerRole role, boolean disabled, Optional<Instant> resetExpires)
      implements CborSerializable {
    public boolean mayDo(ServerAct act) {
      return exists && !disabled && ServerAct.mayDo(role, act);
    }
  }

  public sealed interface DevicesReply extends CborSerializable {}

  public record DeviceList(List<DeviceView> devices) implements DevicesReply {
    public DeviceList {
      devices = List.copyOf(devices);
    }
  }

  public record DeviceView(String device, String name, Instant created, Instant lastUsed) {}

  /// A refusal. With `retryAfterMillis` a later retry may succeed.
  public record Refused(Code code, OptionalLong retryAfterMillis)
      implements Admission, Answer, DeviceAnswer, BotAnswer, ReadReply, DevicesReply {
    public static final Refused UNAVAILABLE = because(Code.UNAVAILABLE);

    public static Refused because(Code code) {
      return new Refused(code, OptionalLong.empty());
    }

    public static Refused until(Code code, Duration wait) {
      return new Refused(code, OptionalLong.of(Math.max(1, wait.toMillis())));
    }
  }

  public sealed interface AttachReply extends CborSerializable {}

  /// A message of a feature's account part to the feature's part of each session.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  public non-sealed interface PartWord extends AttachReply {}

  /// A page of the answer to `Attach`.
  ///
  /// @param rooms the joined rooms in order, over all pages
  /// @param hidden those of them that are not listed
  /// @param words the first messages of the account's parts to the session
  /// @param grant what the token of a bot permits; absent for people
  public record Attached(
      Page page,
      ActorRef<Command> account,
      PrivacyPolicy policy,
      List<String> rooms,
      Set<String> hidden,
      List<PartWord> words,
      Optional<BotAccount.Grant> grant)
      implements AttachReply {
    public Attached(
        Page page,
        ActorRef<Command> account,
        PrivacyPolicy policy,
        List<String> rooms,
        Set<String> hidden,
        List<PartWord> words) {
      this(page, account, policy, rooms, hidden, words, Optional.empty());
    }

    public Attached {
      rooms = List.copyOf(rooms);
      hidden = Set.copyOf(hidden);
      words = List.copyOf(words);
    }

    public List<String> shownRooms() {
      return rooms.stream().filter(Predicate.not(hidden::contains)).toList();
    }

    public <W extends PartWord> List<W> words(Class<W> type) {
      return words.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// The whole answer.
    public static Attached of(List<Attached> pages) {
      return new Attached(
          Page.ONLY,
          pages.getLast().account,
          pages.getLast().policy,
          pages.stream().flatMap(it -> it.rooms.stream()).toList(),
          pages.stream().flatMap(it -> it.hidden.stream()).collect(Collectors.toSet()),
          pages.stream().flatMap(it -> it.words.stream()).toList(),
          pages.getLast().grant);
    }
  }

  /// The answer to `AskRelations`.
  public record RelationsAnswer(Relations relations) implements CborSerializable {}

  /// Sent to all attached sessions when it changes.
  public record PolicyChanged(PrivacyPolicy policy) implements AttachReply {}

  public record AttachRefused(Code code) implements AttachReply {}

  /// Sent to a session when its device ends.
  public record DeviceEnded(Code code, String message) implements CborSerializable {}

  static final Refused NO_DEVICE = Refused.because(Code.DEVICE_ENDED);
  static final Refused DISABLED = Refused.because(Code.ACCOUNT_DISABLED);

  /// Settings and services that all accounts of a node share.
  ///
  /// @param erasure erases the stored data of a deleted account
  /// @param others sends a command to another account, on any node
  record Surroundings(
      AccountSettings settings,
      Passwords passwords,
      Memberships memberships,
      List<AccountPart.Factory<?>> parts,
      Consumer<String> erasure,
      BiConsumer<String, Command> others,
      Clock clock) {}

  static Behavior<Command> create(
      String user, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings surroundings) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new AccountBehavior(user, context, timers, shard, surroundings)));
  }
}
