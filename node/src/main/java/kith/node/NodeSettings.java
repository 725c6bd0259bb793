package kith.node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import kith.node.feature.administration.AdministrationSettings;
import kith.node.feature.approval.ApprovalSettings;
import kith.node.feature.bookmarks.BookmarkSettings;
import kith.node.feature.bots.BotSettings;
import kith.node.feature.contacts.ContactSettings;
import kith.node.feature.conversations.ConversationSettings;
import kith.node.feature.courier.CourierSettings;
import kith.node.feature.files.FileSettings;
import kith.node.feature.hooks.HookSettings;
import kith.node.feature.identity.IdentitySettings;
import kith.node.feature.inbound.InboundSettings;
import kith.node.feature.inbox.InboxSettings;
import kith.node.feature.lobby.LobbySettings;
import kith.node.feature.mentions.MentionSettings;
import kith.node.feature.moderation.ModerationSettings;
import kith.node.feature.pins.PinSettings;
import kith.node.feature.presence.PresenceSettings;
import kith.node.feature.push.PushSettings;
import kith.node.feature.reactions.ReactionSettings;
import kith.node.feature.receipts.ReceiptSettings;
import kith.node.feature.reminders.ReminderSettings;
import kith.node.feature.search.SearchSettings;
import kith.node.feature.slash.SlashSettings;
import kith.node.feature.threads.ThreadSettings;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.ClusterConf;
import kith.node.platform.config.ClusterSettings;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.config.SessionSettings;
import kith.protocol.Lengths;
import kith.protocol.Limits;

/// `cluster.conf` as records, read once at start. The file explains every key. The record of a
/// feature is in its package.
public record NodeSettings(
    HttpSettings http,
    ClusterSettings cluster,
    DatabaseSettings database,
    AccountSettings accounts,
    RoomSettings rooms,
    SessionSettings sessions,
    RetentionSettings retention,
    ContactSettings contacts,
    ConversationSettings conversations,
    InboxSettings inbox,
    PresenceSettings presence,
    MentionSettings mentions,
    ReactionSettings reactions,
    PinSettings pins,
    BookmarkSettings bookmarks,
    ThreadSettings threads,
    ReminderSettings reminders,
    ReceiptSettings receipts,
    AdministrationSettings administration,
    ModerationSettings moderation,
    ApprovalSettings approval,
    FileSettings files,
    BotSettings bots,
    SlashSettings slash,
    InboundSettings inbound,
    CourierSettings couriers,
    HookSettings hooks,
    PushSettings push,
    SearchSettings search,
    IdentitySettings identity,
    LobbySettings lobby) {
  /// Reads the settings a node starts with.
  ///
  /// @param file the operator's changes, if any
  /// @param flags values by path (`kith.http.port`) that win over the file
  public static NodeSettings read(Optional<Path> file, Map<String, String> flags) {
    return read(file, flags, System.getenv());
  }

  static NodeSettings read(
      Optional<Path> file, Map<String, String> flags, Map<String, String> environment) {
    var kith = ClusterConf.read(file, flags, environment);
    var database = DatabaseSettings.read(kith.in("database"));
    var settings =
        new NodeSettings(
            HttpSettings.read(kith.in("http")),
            ClusterSettings.read(kith.in("cluster")),
            database,
            AccountSettings.read(kith.in("accounts")),
            RoomSettings.read(kith.in("rooms")),
            SessionSettings.read(kith.in("sessions")),
            RetentionSettings.read(kith.in("retention")),
            ContactSettings.read(kith.in("contacts")),
            ConversationSettings.read(kith.in("conversations")),
            InboxSettings.read(kith.in("inbox")),
            PresenceSettings.read(kith.in("presence")),
            MentionSettings.read(kith.in("mentions")),
            ReactionSettings.read(kith.in("reactions")),
            PinSettings.read(kith.in("pins")),
            BookmarkSettings.read(kith.in("bookmarks")),
            ThreadSettings.read(kith.in("threads")),
            ReminderSettings.read(kith.in("reminders")),
            ReceiptSettings.read(kith.in("receipts")),
            AdministrationSettings.read(kith.in("administration"), database.data()),
            ModerationSettings.read(kith.in("moderation")),
            ApprovalSettings.read(kith.in("moderation").in("join-requests")),
            FileSettings.read(kith.in("files")),
            BotSettings.read(kith.in("bots")),
            SlashSettings.read(kith.in("bots")),
            InboundSettings.read(kith.in("inbound")),
            CourierSettings.read(kith.in("couriers")),
            HookSettings.read(kith.in("webhooks")),
            PushSettings.read(kith.in("push")),
            SearchSettings.read(kith.in("search")),
            IdentitySettings.read(kith.in("identity")),
            LobbySettings.read(kith));
    kith.refuseUnknown();
    if (settings.rooms().batchBytes() < settings.sessions().bodyBytes()) {
      throw kith.in("rooms").wrong("batch-bytes", "must be at least kith.sessions.body");
    }
    return settings;
  }

  /// The limits that clients receive.
  public Limits limits() {
    return new Limits(
        sessions.frameBytes(),
        sessions.bodyBytes(),
        sessions.sendsPerSecond(),
        sessions.sendBurst(),
        sessions.accountSendsPerSecond(),
        sessions.accountSendBurst(),
        sessions.openRooms(),
        accounts.roomsPerAccount(),
        rooms.members(),
        sessions.outboundBytes(),
        rooms.pageEntries(),
        sessions.ping().toMillis(),
        sessions.silence().toMillis(),
        sessions.noProgress().toMillis(),
        Optional.of(
            new Limits.OfAccount(
                contacts.perAccount(),
                conversations.perAccount(),
                accounts.blockedPerAccount(),
                accounts.devicesPerAccount(),
                accounts.socketsPerAccount(),
                OptionalInt.of(conversations.requests().sent()),
                OptionalInt.of(reminders.perAccount()))),
        Optional.of(
            new Limits.OfRoom(
                rooms.bans(),
                rooms.invitations(),
                rooms.invitationValidity().toMillis(),
                receipts.namedMembers())),
        Optional.of(
            new Limits.OfMessage(
                mentions.perMessage(), reactions.emojiPerMessage(), reactions.changesPerMessage())),
        Optional.of(
            new Limits.OfSocket(
                presence.watchedUsers(), receipts.countedMessages(), rooms.pageBytes())),
        Optional.of(Lengths.VERSION_1),
        Optional.of(
            new Limits.OfRest(
                http.requests().perSecond(),
                http.requests().burst(),
                http.requests().addressPerSecond(),
                http.requests().addressBurst())),
        Optional.of(
            new Limits.OfFiles(
                files.bytes(),
                files.perMessage(),
                files.partBytes(),
                files.accountBytes(),
                files.roomBytes(),
                files.uploads(),
                files.uploadLifetime().toMillis(),
                files.accountTransfers())));
  }

  /// The same settings with a fixed port for clients, if any port was allowed.
  NodeSettings onPort(int port) {
    return with(http.onPort(port), cluster, database);
  }

  /// The same settings with an address of this machine for other nodes, if it was left open.
  NodeSettings at(Supplier<String> address) {
    return with(http, cluster.at(address), database);
  }

  /// The same settings with another database.
  NodeSettings on(DatabaseSettings other) {
    return with(http, cluster, other);
  }

  private NodeSettings with(HttpSettings clients, ClusterSettings nodes, DatabaseSettings data) {
    return new NodeSettings(
        clients,
        nodes,
        data,
        accounts,
        rooms,
        sessions,
        retention,
        contacts,
        conversations,
        inbox,
        presence,
        mentions,
        reactions,
        pins,
        bookmarks,
        threads,
        reminders,
        receipts,
        administration,
        moderation,
        approval,
        files,
        bots,
        slash,
        inbound,
        couriers,
        hooks,
        push,
        search,
        identity,
        lobby);
  }
}
