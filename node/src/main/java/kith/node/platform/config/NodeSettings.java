package kith.node.platform.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kith.protocol.ConversationsFrom;
import kith.protocol.Lengths;
import kith.protocol.Limits;
import kith.protocol.NotificationContents;
import kith.protocol.ServerRole;
import kith.protocol.SignUpPolicy;
import kith.protocol.rest.RoomRequests;

/// `cluster.conf` as records, read once at start. The file explains every key.
public record NodeSettings(
    Http http,
    Cluster cluster,
    Database database,
    Accounts accounts,
    Rooms rooms,
    Sessions sessions,
    Contacts contacts,
    Bots bots,
    Conversations conversations,
    Inbox inbox,
    Presence presence,
    Mentions mentions,
    Reactions reactions,
    Pins pins,
    Bookmarks bookmarks,
    Threads threads,
    Reminders reminders,
    Receipts receipts,
    Retention retention,
    Administration administration,
    Files files,
    Inbound inbound,
    Couriers couriers,
    Push push,
    Moderation moderation,
    Search search,
    Identity identity) {
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

  public record Http(
      String host,
      int port,
      List<String> allowedOrigins,
      List<String> allowedHosts,
      List<Subnet> trustedProxies,
      boolean secureCookies,
      boolean strictTransport,
      int maxConnections,
      Transport transport,
      int bodyBytes,
      Requests requests,
      Readers metrics,
      Readers clusterView,
      Optional<Tls> tls,
      Optional<Operators> operators) {
    public Http {
      allowedOrigins = List.copyOf(allowedOrigins);
      allowedHosts = List.copyOf(allowedHosts);
      trustedProxies = List.copyOf(trustedProxies);
      secureCookies |= tls.isPresent();
    }

    public String scheme() {
      return tls.isPresent() ? "https" : "http";
    }
  }

  /// REST requests that a node accepts: of one account, and from one address.
  public record Requests(int perSecond, int burst, int addressPerSecond, int addressBurst) {
    public Throttle perAccount() {
      return throttle(perSecond, burst);
    }

    public Throttle perAddress() {
      return throttle(addressPerSecond, addressBurst);
    }

    private static Throttle throttle(int perSecond, int burst) {
      return new Throttle(burst, ChronoUnit.SECONDS.getDuration().dividedBy(perSecond));
    }
  }

  /// A listener of their own for operators' endpoints.
  public record Operators(String host, int port) {}

  /// PEM files.
  ///
  /// @param authority the authority that must have signed the other side's certificate, if one is
  ///   required
  public record Tls(Path certificate, Path key, Optional<Path> authority) {}

  /// The same settings with a fixed port for clients, if any port was allowed.
  public NodeSettings onPort(int port) {
    var on =
        new Http(
            http.host(),
            port,
            http.allowedOrigins(),
            http.allowedHosts(),
            http.trustedProxies(),
            http.secureCookies(),
            http.strictTransport(),
            http.maxConnections(),
            http.transport(),
            http.bodyBytes(),
            http.requests(),
            http.metrics(),
            http.clusterView(),
            http.tls(),
            http.operators());
    return with(on, cluster);
  }

  /// The same settings with an address of this machine for other nodes, if it was left open.
  public NodeSettings at(Supplier<String> address) {
    if (!cluster.host().equals(Cluster.AUTO)) return this;
    var host = address.get();
    var bindHost = cluster.bindHost().equals(Cluster.AUTO) ? host : cluster.bindHost();
    var here =
        new Cluster(
            host,
            cluster.port(),
            bindHost,
            cluster.bindPort(),
            cluster.seedNodes(),
            cluster.databasePatience(),
            cluster.remoting());
    return with(http, here);
  }

  private NodeSettings with(Http clients, Cluster nodes) {
    return new NodeSettings(
        clients,
        nodes,
        database,
        accounts,
        rooms,
        sessions,
        contacts,
        bots,
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
        retention,
        administration,
        files,
        inbound,
        couriers,
        push,
        moderation,
        search,
        identity);
  }

  /// @param sockets the directory of the Unix domain sockets of administration
  /// @param auditRetention how long entries of the audit log are kept
  /// @param waitingAuditEntries entries of users that wait on a node
  /// @param networkBans networks that may be banned
  /// @param announcements announcements that are valid at a time
  public record Administration(
      Path sockets,
      Duration auditRetention,
      int waitingAuditEntries,
      int networkBans,
      int announcements,
      Filter filter) {}

  /// @param mutesPerRoom mutes that are in force at a time
  /// @param openReports reports of one room that wait for a moderator
  /// @param reports how many messages one account may report
  /// @param reportNeighbours entries before and after a reported message that are copied with it
  /// @param reportRetention how long a handled report is kept
  public record Moderation(
      Duration longestMute,
      int mutesPerRoom,
      int openReports,
      Throttle reports,
      int reportNeighbours,
      Duration reportRetention,
      JoinRequests joinRequests) {}

  /// @param perRoom requests of one room that wait, are accepted, or are declined and remembered
  /// @param perAccount the same of one account
  /// @param lifetime how long a request waits for a moderator
  /// @param declinedFor how long a user cannot ask again after a moderator declined
  /// @param asks how often one account may ask
  public record JoinRequests(
      int perRoom, int perAccount, Duration lifetime, Duration declinedFor, Throttle asks) {}

  /// @param words that no message may have
  /// @param hosts to which no message may link
  /// @param dryRun such messages are counted, and not refused
  public record Filter(List<String> words, List<String> hosts, boolean dryRun) {
    public Filter {
      words = List.copyOf(words);
      hosts = List.copyOf(hosts);
    }
  }

  /// Others reach the node at `host` and `port`; it listens on `bindHost` and `bindPort`.
  public record Cluster(
      String host,
      int port,
      String bindHost,
      int bindPort,
      List<String> seedNodes,
      Duration databasePatience,
      Remoting remoting) {
    static final String AUTO = "auto";

    public Cluster {
      seedNodes = List.copyOf(seedNodes);
    }
  }

  /// How nodes protect the connections between them.
  public sealed interface Remoting {
    /// Mutual TLS with the authority that the cluster keeps in its database.
    record ClusterAuthority() implements Remoting {}

    /// Mutual TLS with an operator's own certificates; `files` name an authority.
    record PemFiles(Tls files) implements Remoting {}

    /// No encryption and no authentication.
    record InsecurePlain() implements Remoting {}

    /// The name by which nodes compare their settings.
    default String label() {
      return switch (this) {
        case ClusterAuthority() -> "cluster-authority";
        case PemFiles(var _) -> "pem-files";
        case InsecurePlain() -> "insecure-plain";
      };
    }
  }

  /// How a node reads from and writes to the connections of clients.
  public enum Transport {
    AUTO,
    IO_URING,
    EPOLL,
    NIO
  }

  /// From where an endpoint for operators may be read.
  public enum Readers {
    NOBODY,
    LOOPBACK,
    PRIVATE,
    EVERYBODY
  }

  /// Without a `url` the node runs its own PostgreSQL in `data`.
  ///
  /// @param urlFile the file that `url` was read from, if any
  public record Database(
      Optional<String> url,
      Optional<Path> urlFile,
      Optional<String> user,
      Optional<String> password,
      Path data,
      OptionalInt embeddedPort,
      int connections,
      int fileConnections,
      int searchConnections,
      int waitingLogWrites,
      int waitingLogBytes,
      int waitingWrites) {}

  public record Accounts(
      int bcryptCost,
      int bcryptThreads,
      int bcryptQueue,
      Duration accessLifetime,
      Duration refreshLifetime,
      Duration cookieLifetime,
      Duration deviceLifetime,
      int devicesPerAccount,
      int roomsPerAccount,
      int socketsPerAccount,
      int blockedPerAccount,
      int waitingPerRoom,
      Duration idle,
      Throttle perAccount,
      Throttle perAddress,
      Throttle strangers,
      SignUp signUp,
      TokenKeys tokenKeys,
      SecondFactor secondFactor) {}

  /// Which accounts with a password must have a second factor.
  public enum SecondFactor {
    OPTIONAL,
    ADMINISTRATORS,
    REQUIRED
  }

  /// @param secret encrypts the keys of tokens in the database
  /// @param previousSecret has encrypted them before
  public record TokenKeys(
      Duration rotateAfter, Optional<String> secret, Optional<String> previousSecret) {
    @Override
    public String toString() {
      return "token keys, rotated after " + rotateAfter;
    }
  }

  /// @param firstIsOwner the first account of the server becomes its owner
  /// @param reserved user names that nobody may take, in their canonical spelling
  /// @param repeat for how long a sign-up whose answer was lost may be repeated
  /// @param total sign-ups at this node, of all addresses together
  public record SignUp(
      SignUpPolicy policy,
      boolean firstIsOwner,
      Set<String> reserved,
      Duration repeat,
      Throttle total) {
    public SignUp {
      reserved = Set.copyOf(reserved);
    }

    /// `@room` mentions all members of a room, so no user may have this name.
    public boolean isReserved(String user) {
      return user.equals("room") || reserved.contains(user);
    }
  }

  /// A token bucket: `burst` at once, then one every `refill`.
  public record Throttle(int burst, Duration refill) {}

  public record Rooms(
      int members,
      int bans,
      int invitations,
      Duration invitationValidity,
      int pageEntries,
      int pageBytes,
      int relayEntries,
      int relayBytes,
      int batchEntries,
      int batchBytes,
      int waitingBatches,
      int waitingEvents,
      Duration postDeadline,
      Duration postRetry,
      Duration lease,
      Duration idle,
      int snapshotEvery,
      Idempotency idempotency,
      Passcodes passcodes,
      Repeatable repeatable) {}

  /// Requests to create a room or an invitation that a client may repeat.
  public record Repeatable(Duration age, int perAccount) {}

  /// @param length code points of the shortest passcode that may be set
  /// @param wrong wrong passcodes that all accounts together may try in one room
  public record Passcodes(int length, Throttle wrong) {}

  /// The latest `posts` post ids are remembered, and up to `most` while they are younger than
  /// `age`.
  public record Idempotency(int posts, int most, Duration age) {}

  public record Sessions(
      int sockets,
      int unauthenticated,
      int unauthenticatedPerAddress,
      Duration hello,
      Duration ping,
      Duration silence,
      Duration noProgress,
      int frameBytes,
      int bodyBytes,
      int sendsPerSecond,
      int sendBurst,
      int accountSendsPerSecond,
      int accountSendBurst,
      int openRooms,
      int outboundBytes,
      Duration idleAfter,
      Duration grace,
      int unhandledFrames,
      int unansweredPosts,
      int concurrentReads,
      int unconfirmedReads,
      int typingPerSecond,
      int typingBurst) {}

  /// @param perOwner bots of one user
  /// @param ofServer bots of the server
  /// @param commandsPerRoom commands of all bots in a room
  /// @param openCalls calls that one bot has not answered yet
  /// @param callTime the time that a bot has for its answer
  public record Bots(
      int perOwner, int ofServer, int commandsPerRoom, int openCalls, Duration callTime) {}

  /// @param perAccount contacts and own requests
  /// @param strangers unanswered requests from others
  /// @param remembered all relationships, including ended ones
  public record Contacts(int perAccount, int strangers, int remembered) {}

  /// @param from who may begin a conversation with an account that has not chosen
  public record Conversations(
      int perAccount, ConversationsFrom from, ConversationRequests requests) {}

  /// Requests to begin a conversation.
  ///
  /// @param sent unanswered requests of an account
  /// @param received unanswered requests to an account
  /// @param lifetime of an unanswered request
  /// @param declined users whose requests an account has declined and does not take again
  /// @param declinedFor the time for which it does not
  public record ConversationRequests(
      int sent, int received, Duration lifetime, int declined, Duration declinedFor) {}

  /// @param pageRooms rooms in one message of an account's inbox
  /// @param waiting questions that wait until an account's read positions are loaded
  public record Inbox(int pageRooms, int waiting) {}

  /// @param watchedUsers users that one session may watch
  /// @param statusPerSecond changes of status on one session, over time
  /// @param statusBurst changes of status at once, before that rate applies
  public record Presence(int watchedUsers, int statusPerSecond, int statusBurst) {}

  public record Mentions(int perMessage) {}

  /// @param time for one search
  /// @param perAccount searches of one account on a node at the same time
  /// @param waiting searches of a node that wait for a connection
  public record Search(Duration time, int perAccount, int waiting) {}

  /// @param emojiPerMessage different emoji on one message
  /// @param changesPerMessage reactions ever added to one message or removed from it
  public record Reactions(int emojiPerMessage, int changesPerMessage) {}

  /// @param perRoom pinned messages of one room
  /// @param changesPerMessage how often one message is ever pinned and unpinned
  public record Pins(int perRoom, int changesPerMessage) {}

  /// @param perAccount bookmarks of one account
  public record Bookmarks(int perAccount) {}

  /// @param perAccount threads that one account follows
  public record Threads(int perAccount) {}

  /// @param perAccount reminders of one account
  public record Reminders(int perAccount) {}

  /// @param namedMembers a room with more members has counts instead of named receipts
  /// @param countedMessages messages of one room whose counts a session may ask for
  public record Receipts(int namedMembers, int countedMessages) {}

  /// How much of their logs rooms keep, and how the rest is removed.
  ///
  /// @param standard for what a room has not set itself
  /// @param most whatever a room has set
  /// @param interval the shortest time between two removals from one room
  /// @param grace the time between hiding entries and destroying them
  /// @param entriesPerSecond that a node destroys or seals, of all rooms together
  /// @param archive what receives entries before they are destroyed
  public record Retention(
      RoomRequests.Retention standard,
      RoomRequests.Retention most,
      Duration interval,
      Duration grace,
      int entriesPerSecond,
      Sealing sealing,
      Optional<Archive> archive) {}

  /// Where a node writes entries before it destroys them.
  public sealed interface Archive {
    record Directory(Path path) implements Archive {}

    record Bucket(S3 s3) implements Archive {}
  }

  /// When entries leave the journal for compressed segments.
  ///
  /// @param entries the newest ones that stay in the journal, if they are younger than `age`
  public record Sealing(int entries, Duration age) {}

  /// @param bytes of one file
  /// @param partBytes of one request with a part of a file
  /// @param accountBytes of all files of one account
  /// @param roomBytes of all files of one room
  /// @param totalBytes of all files
  /// @param uploads files of one account that no message names
  /// @param uploadLifetime after which such a file is removed
  /// @param transfers requests of a node at a time that carry content of files
  /// @param accountTransfers the same for one account
  /// @param pictureBytes of the largest upload for a profile
  /// @param thumbnails small copies of pictures
  /// @param scan absent if contents are not checked
  /// @param store in which new contents are written: `postgresql` or `s3`
  /// @param s3 absent if no bucket is named
  public record Files(
      long bytes,
      int perMessage,
      int partBytes,
      long accountBytes,
      long roomBytes,
      long totalBytes,
      int uploads,
      Duration uploadLifetime,
      int transfers,
      int accountTransfers,
      int pictureBytes,
      Thumbnails thumbnails,
      Optional<Scan> scan,
      String store,
      Optional<S3> s3) {}

  /// An object store.
  ///
  /// @param endpoint absent for Amazon's
  /// @param prefix of the names of all objects
  /// @param hasPathStyle whether the bucket is a part of the path, not of the host name
  /// @param connections calls at the same time
  /// @param keys absent to look for them as Amazon's programs do
  public record S3(
      Optional<String> endpoint,
      String region,
      String bucket,
      String prefix,
      boolean hasPathStyle,
      int connections,
      Optional<S3Keys> keys) {}

  public record S3Keys(String access, String secret) {
    /// Omits the secret.
    @Override
    public String toString() {
      return "S3Keys[" + access + "]";
    }
  }

  /// The check of new contents.
  ///
  /// @param command the program and its arguments
  /// @param timeOut of one check
  /// @param threads checks at the same time
  public record Scan(List<String> command, Duration timeOut, int threads) {
    public Scan {
      command = List.copyOf(command);
    }
  }

  /// @param pixels of the largest picture that is decoded; 0 if none is
  /// @param bytes of the largest file that is decoded
  /// @param threads pictures that are decoded at the same time
  public record Thumbnails(long pixels, int bytes, int threads) {}

  /// Incoming webhooks.
  ///
  /// @param perRoom hooks of one room
  /// @param body the longest request to a hook, in bytes
  /// @param messages of one hook, on each node
  public record Inbound(int perRoom, int body, Throttle messages) {}

  /// @param targets receivers of all rooms and accounts
  /// @param requests that a node sends at a time
  /// @param hostRequests the same to one host
  /// @param requestTime for one request
  /// @param answerBytes of the head of an answer
  /// @param giveUpAfter a receiver that fails for this long gets no further attempts
  /// @param privateNetworks networks that are not public, to which requests are sent all the same
  /// @param authorities files with certificates of authorities, besides those that Java knows
  /// @param webhooksPerRoom webhooks of one room
  /// @param webhooksPerAccount webhooks of one account for all rooms that it owns
  public record Couriers(
      int targets,
      int requests,
      int hostRequests,
      Duration requestTime,
      int answerBytes,
      Duration giveUpAfter,
      List<Subnet> privateNetworks,
      List<Path> authorities,
      int webhooksPerRoom,
      int webhooksPerAccount) {
    public Couriers {
      privateNetworks = List.copyOf(privateNetworks);
      authorities = List.copyOf(authorities);
    }
  }

  /// @param receivers of all accounts
  /// @param perAccount receivers of one account
  /// @param keywords of one account
  /// @param levelsPerAccount rooms of one account with a level of their own
  /// @param contents the most that a notification shows
  /// @param delay after which a message that nobody has read is notified
  /// @param lifetime after which it is not notified any more
  /// @param contact where push services reach the operator
  /// @param email absent if the node sends none
  public record Push(
      int receivers,
      int perAccount,
      int keywords,
      int levelsPerAccount,
      NotificationContents contents,
      Duration delay,
      Duration lifetime,
      Optional<String> contact,
      Optional<Email> email) {}

  /// The mail server that takes the node's e-mail.
  ///
  /// @param password of `user`
  /// @param from the address of the sender
  /// @param interval between two digests of an account, at least
  /// @param address where the recipients' mail programs and browsers reach the server
  public record Email(
      String host,
      int port,
      MailEncryption encryption,
      Optional<String> user,
      Optional<String> password,
      String from,
      Duration interval,
      Optional<URI> address) {
    /// Omits the password.
    @Override
    public String toString() {
      return "Email[" + host + ":" + port + "]";
    }
  }

  /// How a connection to the mail server is encrypted.
  public enum MailEncryption {
    /// By an upgrade of the connection, without which nothing is sent.
    STARTTLS,
    /// From its beginning.
    TLS,
    NONE
  }

  /// Signing in.
  ///
  /// @param passwords whether people sign up and log in with passwords
  /// @param address where browsers reach the server; absent if they do not sign in with providers
  /// @param requestTime for one request to a provider
  /// @param signIns that are under way at a time
  public record Identity(
      boolean passwords,
      Optional<URI> address,
      Duration requestTime,
      int signIns,
      List<IdentityProvider> providers) {
    public Identity {
      providers = List.copyOf(providers);
    }
  }

  /// @param id in paths and commands
  /// @param name for people
  /// @param clientSecret absent for a public client
  /// @param nameClaim from which a new account gets its name
  /// @param signUp whether somebody without an account gets one
  /// @param roles by the groups that give them
  /// @param rooms the names or ids of rooms, with the groups that give them
  public record IdentityProvider(
      String id,
      String name,
      String issuer,
      String clientId,
      Optional<String> clientSecret,
      List<String> scopes,
      String nameClaim,
      Optional<String> groupsClaim,
      boolean signUp,
      Map<ServerRole, Set<String>> roles,
      Map<String, Set<String>> rooms,
      Duration requestTime) {
    public IdentityProvider {
      rooms = Map.copyOf(rooms);
      scopes = List.copyOf(scopes);
      roles = Map.copyOf(roles);
    }

    /// The highest role that the groups give; empty if the provider gives no roles.
    public Optional<ServerRole> role(List<String> groups) {
      return roles.entrySet().stream()
          .filter(it -> groups.stream().anyMatch(it.getValue()::contains))
          .map(Map.Entry::getKey)
          .max(Comparator.naturalOrder());
    }

    /// The names or ids of the rooms that the groups give.
    public Set<String> rooms(List<String> groups) {
      return rooms.entrySet().stream()
          .filter(it -> groups.stream().anyMatch(it.getValue()::contains))
          .map(Map.Entry::getKey)
          .collect(Collectors.toUnmodifiableSet());
    }

    /// Omits the secret.
    @Override
    public String toString() {
      return "IdentityProvider[" + id + "]";
    }
  }
}
