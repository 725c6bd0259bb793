package kith.node.platform.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.platform.config.NodeSettings.Remoting;
import kith.protocol.ConversationsFrom;
import kith.protocol.NotificationContents;
import kith.protocol.ServerRole;
import kith.protocol.SignUpPolicy;
import kith.protocol.rest.RoomRequests;

/// The reader of `cluster.conf`.
///
/// The file that ships with Kith is also on the classpath and gives every default. A fault is a
/// `StartFailure` that names the key.
public final class ClusterConf {
  private static final int MOST = Integer.MAX_VALUE;

  /// A bucket that is refilled more often than once in a microsecond would not count.
  private static final int MOST_PER_SECOND = 1_000_000;

  /// Characters of a secret that is not a password.
  private static final int LEAST_SECRET = 32;

  private ClusterConf() {}

  /// Reads the settings a node starts with.
  ///
  /// @param file the operator's changes, if any
  /// @param flags values by path (`kith.http.port`) that win over the file
  public static NodeSettings read(Optional<Path> file, Map<String, String> flags) {
    return read(file, flags, System.getenv());
  }

  static NodeSettings read(
      Optional<Path> file, Map<String, String> flags, Map<String, String> environment) {
    var written = file.map(ClusterConf::parse).orElseGet(ConfigFactory::empty);
    var merged = withFlags(flags).withFallback(written).withFallback(shipped());
    return settings(resolve(merged, environment));
  }

  private static Config shipped() {
    return ConfigFactory.parseResources(ClusterConf.class.getClassLoader(), "cluster.conf");
  }

  private static Config parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new StartFailure("The file " + file + " given with --config cannot be read.");
    }
    try {
      return ConfigFactory.parseFile(file.toFile());
    } catch (ConfigException fault) {
      throw new StartFailure(firstLine(fault), fault);
    }
  }

  private static Config withFlags(Map<String, String> flags) {
    var config = ConfigFactory.empty();
    for (var flag : flags.entrySet()) {
      config =
          config.withValue(
              flag.getKey(), ConfigValueFactory.fromAnyRef(flag.getValue(), "command line"));
    }
    return config;
  }

  private static Config resolve(Config config, Map<String, String> environment) {
    var variables = ConfigFactory.empty();
    for (var variable : environment.entrySet()) {
      if (variable.getKey().matches("KITH_[A-Z0-9_]+")) {
        variables =
            variables.withValue(
                variable.getKey(),
                ConfigValueFactory.fromAnyRef(
                    variable.getValue(), "environment variable " + variable.getKey()));
      }
    }
    try {
      var resolved = config.withFallback(variables).resolve(ConfigResolveOptions.noSystem());
      for (var name : variables.root().keySet()) resolved = resolved.withoutPath(name);
      return resolved;
    } catch (ConfigException fault) {
      throw new StartFailure(firstLine(fault), fault);
    }
  }

  private static NodeSettings settings(Config config) {
    var kith = Section.of(config, "kith");
    var settings =
        new NodeSettings(
            http(kith.in("http")),
            cluster(kith.in("cluster")),
            database(kith.in("database")),
            accounts(kith.in("accounts")),
            rooms(kith.in("rooms")),
            sessions(kith.in("sessions")),
            contacts(kith.in("contacts")),
            bots(kith.in("bots")),
            conversations(kith.in("conversations")),
            inbox(kith.in("inbox")),
            presence(kith.in("presence")),
            new NodeSettings.Mentions(kith.in("mentions").number("per-message", 1, 1000)),
            reactions(kith.in("reactions")),
            pins(kith.in("pins")),
            new NodeSettings.Bookmarks(kith.in("bookmarks").number("per-account", 1, 100_000)),
            new NodeSettings.Threads(kith.in("threads").number("per-account", 1, 1_000)),
            new NodeSettings.Reminders(kith.in("reminders").number("per-account", 1, 1_000)),
            receipts(kith.in("receipts")),
            retention(kith.in("retention")),
            administration(kith.in("administration"), kith.in("database")),
            files(kith.in("files")),
            inbound(kith.in("inbound")),
            couriers(kith.in("couriers"), kith.in("webhooks")),
            push(kith.in("push")),
            moderation(kith.in("moderation")),
            search(kith.in("search")),
            identity(kith.in("identity")));
    kith.refuseUnknown();
    if (settings.rooms().batchBytes() < settings.sessions().bodyBytes()) {
      throw kith.in("rooms").wrong("batch-bytes", "must be at least kith.sessions.body");
    }
    return settings;
  }

  private static NodeSettings.Http http(Section in) {
    return new NodeSettings.Http(
        in.text("host"),
        in.number("port", 0, 65535),
        origins(in, "allowed-origins"),
        hosts(in, "allowed-hosts"),
        subnets(in, "trusted-proxies"),
        in.flag("secure-cookies"),
        in.flag("strict-transport"),
        in.number("max-connections", 1, MOST),
        in.choice("transport", NodeSettings.Transport.class),
        in.bytes("body", 1024),
        requests(in.in("requests")),
        in.choice("metrics", NodeSettings.Readers.class),
        in.choice("cluster-view", NodeSettings.Readers.class),
        clientTls(in.in("tls")),
        operators(in.in("operators")));
  }

  private static Optional<NodeSettings.Operators> operators(Section in) {
    var host = in.text("host");
    var port = in.optionalNumber("port", 1, 65535);
    return port.isPresent()
        ? Optional.of(new NodeSettings.Operators(host, port.getAsInt()))
        : Optional.empty();
  }

  /// As browsers send them: a path, a trailing slash or a scheme's usual port would never match.
  private static List<String> origins(Section in, String key) {
    var origins = in.texts(key);
    if (!origins.stream()
        .allMatch(origin ->
            origin.matches("https?://[^/\\s?#@*]+")
                && !origin.matches("http://.*:80|https://.*:443")))
      throw in.wrong(
          key,
          "must contain origins such as https://chat.example.org, without a path, a usual port or a"
              + " *");
    return origins;
  }

  private static List<String> hosts(Section in, String key) {
    var hosts = in.texts(key);
    if (!hosts.stream().allMatch(host -> host.matches("[^/\\s:?#@*]+")))
      throw in.wrong(
          key, "must contain names such as chat.example.org, without a scheme, a port or a *");
    return hosts;
  }

  private static NodeSettings.Requests requests(Section in) {
    return new NodeSettings.Requests(
        in.number("per-second", 1, MOST_PER_SECOND),
        in.number("burst", 1, MOST),
        in.number("address-per-second", 1, MOST_PER_SECOND),
        in.number("address-burst", 1, MOST));
  }

  private static Optional<NodeSettings.Tls> clientTls(Section in) {
    return together(in, "certificate", "key")
        .map(files -> new NodeSettings.Tls(files.get(0), files.get(1), Optional.empty()));
  }

  private static Remoting remoting(Section in) {
    var files = together(in, "certificate", "key", "authority");
    if (in.flag("insecure-plain-remoting")) {
      if (files.isEmpty()) return new Remoting.InsecurePlain();
      throw in.wrong("insecure-plain-remoting", "must not be true when certificate is set");
    }
    return files
        .map(all -> new NodeSettings.Tls(all.get(0), all.get(1), Optional.of(all.get(2))))
        .<Remoting>map(Remoting.PemFiles::new)
        .orElseGet(Remoting.ClusterAuthority::new);
  }

  /// Files that must all be given together, or none.
  private static Optional<List<Path>> together(Section in, String... keys) {
    var files = new ArrayList<Path>();
    var missing = new ArrayList<String>();
    for (var key : keys)
      in.optionalText(key)
          .ifPresentOrElse(file -> files.add(Path.of(file)), () -> missing.add(key));
    if (files.isEmpty()) return Optional.empty();
    if (missing.isEmpty()) return Optional.of(files);
    throw in.wrong(
        missing.getFirst(),
        "must be set when " + String.join(" or ", others(missing, keys)) + " is");
  }

  private static List<String> others(List<String> missing, String[] keys) {
    return Arrays.stream(keys).filter(key -> !missing.contains(key)).toList();
  }

  private static List<Subnet> subnets(Section in, String key) {
    try {
      return in.texts(key).stream().map(Subnet::of).toList();
    } catch (IllegalArgumentException _) {
      throw in.wrong(key, "must contain networks or addresses such as 10.0.0.0/8");
    }
  }

  private static NodeSettings.Cluster cluster(Section in) {
    var host = in.text("host");
    var port = in.number("port", 0, 65535);
    var seeds = in.texts("seed-nodes");
    if (!seeds.stream().allMatch(seed -> seed.matches("\\S+:\\d{1,5}")))
      throw in.wrong("seed-nodes", "must be of the form host:port");
    return new NodeSettings.Cluster(
        host,
        port,
        in.optionalText("bind-host").orElse(host),
        in.optionalNumber("bind-port", 0, 65535).orElse(port),
        seeds,
        in.time("database-patience"),
        remoting(in.in("tls")));
  }

  private static NodeSettings.Database database(Section in) {
    return new NodeSettings.Database(
        either(in, "url", "url-file"),
        in.optionalText("url-file").map(Path::of),
        in.optionalText("user"),
        either(in, "password", "password-file"),
        Path.of(in.text("data")),
        in.optionalNumber("embedded-port", 1, 65535),
        in.number("connections", 11, 1000),
        in.number("file-connections", 1, 1000),
        in.number("search-connections", 1, 1000),
        in.number("waiting-log-writes", 1000, 1_000_000),
        in.bytes("waiting-log-bytes", 1 << 20),
        in.number("waiting-writes", 1000, 10_000_000));
  }

  /// A text in the settings or in a file of its own.
  private static Optional<String> either(Section in, String key, String fileKey) {
    var text = in.optionalText(key);
    var file = in.optionalText(fileKey);
    if (file.isEmpty()) return text;
    if (text.isPresent()) throw in.wrong(fileKey, "must not be set when " + key + " is");
    try {
      // a file written by hand ends with a line break
      var content = Files.readString(Path.of(file.get())).stripTrailing();
      if (content.isEmpty()) throw in.wrong(fileKey, "names an empty file");
      return Optional.of(content);
    } catch (IOException _) {
      throw in.wrong(fileKey, "names a file that cannot be read");
    }
  }

  private static NodeSettings.Accounts accounts(Section in) {
    var throttle = in.in("throttle");
    var accounts =
        new NodeSettings.Accounts(
            in.number("bcrypt-cost", 4, 20),
            in.number("bcrypt-threads", 1, 1000),
            in.number("bcrypt-queue", 1, 100_000),
            in.time("access-lifetime"),
            in.time("refresh-lifetime"),
            in.time("cookie-lifetime"),
            in.time("device-lifetime"),
            in.number("devices-per-account", 1, 1000),
            in.number("rooms-per-account", 1, 100_000),
            in.number("sockets-per-account", 1, MOST),
            in.number("blocked-per-account", 1, 100_000),
            in.number("waiting-per-room", 0, 1000),
            in.time("idle"),
            throttle(throttle.in("per-account")),
            throttle(throttle.in("per-address")),
            throttle(throttle.in("strangers")),
            signUp(in.in("sign-up")),
            tokenKeys(in.in("token-keys")),
            in.choice("second-factor", NodeSettings.SecondFactor.class));
    longer(
        in,
        "device-lifetime",
        accounts.deviceLifetime(),
        "refresh-lifetime",
        accounts.refreshLifetime());
    longer(
        in,
        "device-lifetime",
        accounts.deviceLifetime(),
        "cookie-lifetime",
        accounts.cookieLifetime());
    return accounts;
  }

  private static NodeSettings.TokenKeys tokenKeys(Section in) {
    var rotateAfter = in.time("rotate-after");
    if (rotateAfter.compareTo(Intervals.SHORTEST_ROTATION) < 0)
      throw in.wrong("rotate-after", "must be at least 1h");
    return new NodeSettings.TokenKeys(
        rotateAfter, longSecret(in, "secret"), longSecret(in, "previous-secret"));
  }

  /// A secret that protects data at rest, so it must withstand guessing without limit.
  private static Optional<String> longSecret(Section in, String key) {
    var secret = either(in, key, key + "-file");
    if (secret.isPresent() && secret.get().length() < LEAST_SECRET)
      throw in.wrong(
          key,
          "must have at least %d characters, for instance those of `openssl rand -base64 32`"
              .formatted(LEAST_SECRET));
    return secret;
  }

  private static NodeSettings.SignUp signUp(Section in) {
    return new NodeSettings.SignUp(
        in.choice("policy", SignUpPolicy.class),
        in.flag("first-is-owner"),
        in.texts("reserved-names").stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        in.time("repeat"),
        throttle(in.in("total")));
  }

  private static NodeSettings.Identity identity(Section in) {
    var time = in.time("request-time");
    var identity =
        new NodeSettings.Identity(
            in.flag("passwords"),
            in.optionalText("address").map(text -> address(in, "address", text)),
            time,
            in.number("sign-ins", 1, 1_000_000),
            in.names("providers").stream()
                .map(id -> provider(id, in.in("providers").in(id), time))
                .toList());
    if (!identity.passwords() && identity.providers().isEmpty())
      throw in.wrong("passwords", "must be true without providers: nobody could sign in");
    return identity;
  }

  private static NodeSettings.IdentityProvider provider(String id, Section in, Duration time) {
    if (!id.matches("[a-z0-9-]{1,32}"))
      throw in.wrong("issuer", "belongs to a provider whose name needs letters a-z, digits and -");
    return new NodeSettings.IdentityProvider(
        id,
        in.optionalText("name").orElse(id),
        address(in, "issuer", in.text("issuer")).toString(),
        in.text("client-id"),
        either(in, "client-secret", "client-secret-file"),
        in.texts("scopes", List.of("openid", "profile", "email", "offline_access")),
        in.optionalText("name-claim").orElse("preferred_username"),
        in.optionalText("groups-claim"),
        in.flag("sign-up", true),
        roles(in.in("roles")),
        groupRooms(in),
        time);
  }

  private static Map<String, Set<String>> groupRooms(Section in) {
    var named = in.names("rooms");
    if (named.size() > Portions.GROUP_ROOMS)
      throw in.wrong("rooms", "has more than " + Portions.GROUP_ROOMS + " rooms");
    return named.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                // the name of a room may have spaces and dots
                name -> Set.copyOf(in.in("rooms").texts(ConfigUtil.joinPath(name)))));
  }

  private static Map<ServerRole, Set<String>> roles(Section in) {
    var roles = new EnumMap<ServerRole, Set<String>>(ServerRole.class);
    for (var role : ServerRole.values()) {
      var groups = in.texts(role.name().toLowerCase(Locale.ROOT), List.of());
      if (!groups.isEmpty()) roles.put(role, Set.copyOf(groups));
    }
    return roles;
  }

  /// Secrets travel over these connections. On the node's own machine, nobody listens.
  private static URI address(Section in, String key, String text) {
    try {
      var address = new URI(text);
      var isHere = Set.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
      if (address.getHost() != null
          && address.getQuery() == null
          && ("https".equals(address.getScheme()) || isHere && "http".equals(address.getScheme())))
        return address;
    } catch (URISyntaxException wrong) {
      // refused below
    }
    throw in.wrong(key, "must be an address such as https://login.example.org");
  }

  private static NodeSettings.Contacts contacts(Section in) {
    return new NodeSettings.Contacts(
        in.number("per-account", 1, 100_000),
        in.number("strangers", 1, 100_000),
        in.number("remembered", 1, 1_000_000));
  }

  private static NodeSettings.Conversations conversations(Section in) {
    var requests = in.in("requests");
    return new NodeSettings.Conversations(
        in.number("per-account", 1, 100_000),
        in.choice("from", ConversationsFrom.class),
        new NodeSettings.ConversationRequests(
            // an account sends all of them to a node in one message
            requests.number("sent", 1, 200),
            requests.number("received", 1, 200),
            requests.time("lifetime"),
            requests.number("declined", 1, 10_000),
            requests.time("declined-for")));
  }

  private static NodeSettings.Inbox inbox(Section in) {
    return new NodeSettings.Inbox(
        in.number("page-rooms", 1, 5000), in.number("waiting", 1, 100_000));
  }

  private static NodeSettings.Presence presence(Section in) {
    return new NodeSettings.Presence(
        in.number("watched-users", 1, 2000),
        in.number("status-per-second", 1, MOST),
        in.number("status-burst", 1, MOST));
  }

  private static NodeSettings.Pins pins(Section in) {
    return new NodeSettings.Pins(
        in.number("per-room", 1, 1000), in.number("changes-per-message", 1, 10_000));
  }

  private static NodeSettings.Reactions reactions(Section in) {
    return new NodeSettings.Reactions(
        in.number("emoji-per-message", 1, 1000), in.number("changes-per-message", 1, 10_000));
  }

  private static NodeSettings.Search search(Section in) {
    var time = in.time("time");
    if (time.compareTo(Intervals.SHORTEST_SEARCH) < 0
        || time.compareTo(Intervals.LONGEST_SEARCH) > 0)
      throw in.wrong("time", "must be from 100ms to 10s");
    return new NodeSettings.Search(
        time, in.number("per-account", 1, 100), in.number("waiting", 1, 10_000));
  }

  private static NodeSettings.Receipts receipts(Section in) {
    return new NodeSettings.Receipts(
        in.number("named-members", 2, 80), in.number("counted-messages", 1, 1000));
  }

  private static NodeSettings.Administration administration(Section in, Section database) {
    return new NodeSettings.Administration(
        in.optionalText("sockets")
            .map(Path::of)
            .orElseGet(() -> Path.of(database.text("data"), "admin")),
        in.in("audit").time("retention"),
        in.in("audit").number("waiting", 100, 1_000_000),
        in.number("network-bans", 1, 10_000),
        in.number("announcements", 1, 100),
        new NodeSettings.Filter(
            in.in("filter").texts("words"),
            in.in("filter").texts("hosts"),
            in.in("filter").flag("dry-run")));
  }

  private static NodeSettings.Moderation moderation(Section in) {
    return new NodeSettings.Moderation(
        in.time("longest-mute"),
        in.number("mutes-per-room", 1, 10_000),
        in.number("open-reports-per-room", 1, 10_000),
        throttle(in.in("reports")),
        in.number("report-neighbours", 0, 20),
        in.time("report-retention"),
        joinRequests(in.in("join-requests")));
  }

  private static NodeSettings.JoinRequests joinRequests(Section in) {
    return new NodeSettings.JoinRequests(
        in.number("per-room", 1, 10_000),
        in.number("per-account", 1, 100),
        in.time("lifetime"),
        in.time("declined-for"),
        throttle(in));
  }

  private static NodeSettings.Inbound inbound(Section in) {
    return new NodeSettings.Inbound(
        in.number("per-room", 1, 10_000), in.bytes("body", 1024), throttle(in.in("messages")));
  }

  private static NodeSettings.Files files(Section in) {
    var files =
        new NodeSettings.Files(
            in.manyBytes("size", 1),
            in.number("per-message", 1, 100),
            in.bytes("part", 1 << 18),
            in.manyBytes("per-account", 1),
            in.manyBytes("per-room", 1),
            in.manyBytes("total", 1),
            in.number("uploads", 1, 10_000),
            in.time("upload-lifetime"),
            in.number("transfers", 1, 10_000),
            in.number("transfers-per-account", 1, 10_000),
            in.bytes("profile-picture", 1),
            thumbnails(in.in("thumbnails")),
            scan(in.in("scan")),
            in.text("store"),
            s3(in.in("s3"), in.in("s3").number("connections", 1, 1000)));
    if (!List.of("postgresql", "s3").contains(files.store()))
      throw in.wrong("store", "must be postgresql or s3");
    if (files.store().equals("s3") && files.s3().isEmpty())
      throw in.wrong("store", "is s3, but s3.bucket is not set");
    if (files.uploadLifetime().compareTo(Intervals.SHORTEST_UPLOAD) < 0)
      throw in.wrong("upload-lifetime", "must be at least 10m");
    return files;
  }

  private static Optional<NodeSettings.S3> s3(Section in, int connections) {
    var access = in.optionalText("access-key");
    var secret = either(in, "secret-key", "secret-key-file");
    if (access.isPresent() != secret.isPresent())
      throw in.wrong("access-key", "and secret-key must be set both, or neither");
    var endpoint = in.optionalText("endpoint");
    if (endpoint.filter(it -> !it.matches("https?://[^/]+/?")).isPresent())
      throw in.wrong("endpoint", "must be like https://s3.example.org");
    var region = in.text("region");
    var prefix = in.optionalText("prefix").orElse("");
    var hasPathStyle = in.flag("path-style");
    return in.optionalText("bucket")
        .map(bucket ->
            new NodeSettings.S3(
                endpoint,
                region,
                bucket,
                prefix,
                hasPathStyle,
                connections,
                access.map(it -> new NodeSettings.S3Keys(it, secret.orElseThrow()))));
  }

  private static NodeSettings.Thumbnails thumbnails(Section in) {
    return new NodeSettings.Thumbnails(
        in.number("pixels", 0, 1_000_000_000), in.bytes("size", 1), in.number("threads", 1, 64));
  }

  private static Optional<NodeSettings.Scan> scan(Section in) {
    var scan =
        new NodeSettings.Scan(
            in.texts("command"), in.time("time-out"), in.number("threads", 1, 64));
    if (!scan.timeOut().isPositive()) throw in.wrong("time-out", "must be positive");
    return scan.command().isEmpty() ? Optional.empty() : Optional.of(scan);
  }

  private static NodeSettings.Bots bots(Section in) {
    return new NodeSettings.Bots(
        in.number("per-owner", 1, 10_000),
        in.number("of-server", 1, 10_000),
        in.number("commands-per-room", 1, 1000),
        in.number("open-calls", 1, 10_000),
        in.time("call-time"));
  }

  private static NodeSettings.Couriers couriers(Section in, Section webhooks) {
    return new NodeSettings.Couriers(
        in.number("targets", 1, 10_000),
        in.number("requests", 1, 1000),
        in.number("requests-per-host", 1, 1000),
        in.time("request-time"),
        in.bytes("answer", 1024),
        in.time("give-up-after"),
        subnets(in, "private-networks"),
        in.texts("authorities").stream().map(Path::of).toList(),
        webhooks.number("per-room", 1, 1000),
        webhooks.number("per-account", 1, 1000));
  }

  private static NodeSettings.Push push(Section in) {
    return new NodeSettings.Push(
        in.number("receivers", 1, 100_000),
        in.number("per-account", 1, 1000),
        in.number("keywords", 1, 1000),
        in.number("levels", 1, 100_000),
        in.choice("contents", NotificationContents.class),
        in.time("delay"),
        in.time("lifetime"),
        in.optionalText("contact"),
        email(in.in("email")));
  }

  private static Optional<NodeSettings.Email> email(Section in) {
    var host = in.optionalText("host");
    var port = in.number("port", 1, 65535);
    var encryption = in.choice("encryption", NodeSettings.MailEncryption.class);
    var user = in.optionalText("user");
    var password = either(in, "password", "password-file");
    var from = in.optionalText("from");
    var interval = in.time("interval");
    var address = in.optionalText("address").map(text -> address(in, "address", text));
    if (host.isEmpty()) return Optional.empty();
    if (from.filter(text -> text.matches("[^\\s\\p{Cntrl}@<>]+@[^\\s\\p{Cntrl}@<>]+")).isEmpty())
      throw in.wrong("from", "must be an address such as kith@example.org");
    if (user.isPresent() != password.isPresent())
      throw in.wrong("password", "must be set if user is, and only then");
    if (user.isPresent() && encryption == NodeSettings.MailEncryption.NONE)
      throw in.wrong("encryption", "must not be none with a password, which others could read");
    if (interval.compareTo(Intervals.RAREST_DIGEST) > 0)
      throw in.wrong("interval", "must be at most " + Intervals.RAREST_DIGEST.toDays() + " days");
    return Optional.of(
        new NodeSettings.Email(
            host.get(), port, encryption, user, password, from.get(), interval, address));
  }

  private static NodeSettings.Throttle throttle(Section in) {
    return new NodeSettings.Throttle(in.number("burst", 1, MOST), in.time("refill"));
  }

  private static NodeSettings.Rooms rooms(Section in) {
    var rooms =
        new NodeSettings.Rooms(
            in.number("members", 2, 1_000_000),
            in.number("bans", 1, 1_000_000),
            in.number("invitations", 1, 100_000),
            in.time("invitation-validity"),
            in.number("page-entries", 1, 10_000),
            in.bytes("page-bytes", 1024),
            in.number("relay-entries", 1, 1_000_000),
            in.bytes("relay-bytes", 1024),
            in.number("batch-entries", 1, 10_000),
            in.bytes("batch-bytes", 1024),
            in.number("waiting-batches", 1, 10_000),
            in.number("waiting-events", 1, 1_000_000),
            in.time("post-deadline"),
            in.time("post-retry"),
            in.time("lease"),
            in.time("idle"),
            in.number("snapshot-every", 10, 1_000_000),
            idempotency(in.in("idempotency")),
            passcodes(in.in("passcodes")),
            repeatable(in.in("repeatable-requests")));
    longer(in, "post-deadline", rooms.postDeadline(), "post-retry", rooms.postRetry());
    longer(in, "idle", rooms.idle(), "lease", rooms.lease());
    if (rooms.invitationValidity().compareTo(Intervals.SHORTEST_INVITATION) < 0
        || rooms.invitationValidity().compareTo(Intervals.LONGEST_INVITATION) > 0)
      throw in.wrong("invitation-validity", "must be from a minute to a year");
    // a frame of the node has at most 1 MiB
    if (rooms.pageBytes() > 512 << 10) throw in.wrong("page-bytes", "must be at most 512 KiB");
    return rooms;
  }

  private static NodeSettings.Retention retention(Section in) {
    var retention =
        new NodeSettings.Retention(
            kept(in.in("default")),
            kept(in.in("maximum")),
            in.time("interval"),
            in.time("grace"),
            in.number("entries-per-second", 10, 1_000_000),
            new NodeSettings.Sealing(
                in.in("sealing").number("entries", 100, MOST), in.in("sealing").time("age")),
            archive(in.in("archive")));
    if (retention.interval().compareTo(Intervals.AGING) < 0)
      throw in.wrong("interval", "must be at least " + Intervals.AGING.toSeconds() + "s");
    return retention;
  }

  private static Optional<NodeSettings.Archive> archive(Section in) {
    var directory = in.optionalText("directory").map(Path::of);
    // a node writes one file after the other
    var s3 = s3(in.in("s3"), 1);
    if (directory.isPresent() && s3.isPresent())
      throw in.wrong("directory", "and s3.bucket cannot both be set");
    return directory
        .<NodeSettings.Archive>map(NodeSettings.Archive.Directory::new)
        .or(() -> s3.map(NodeSettings.Archive.Bucket::new));
  }

  private static RoomRequests.Retention kept(Section in) {
    return new RoomRequests.Retention(
        long64(in.optionalNumber("entries", 1, MOST)),
        long64(in.optionalNumber("days", 1, 36_500)),
        in.optionalSize("bytes", 1024));
  }

  private static OptionalLong long64(OptionalInt number) {
    return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
  }

  private static NodeSettings.Repeatable repeatable(Section in) {
    return new NodeSettings.Repeatable(in.time("age"), in.number("per-account", 1, 100_000));
  }

  private static NodeSettings.Passcodes passcodes(Section in) {
    return new NodeSettings.Passcodes(in.number("length", 1, 256), throttle(in.in("wrong")));
  }

  private static NodeSettings.Idempotency idempotency(Section in) {
    var kept =
        new NodeSettings.Idempotency(
            in.number("posts", 1, MOST), in.number("most", 1, MOST), in.time("age"));
    if (kept.most() < kept.posts()) throw in.wrong("most", "must not be less than posts");
    return kept;
  }

  private static NodeSettings.Sessions sessions(Section in) {
    var sessions =
        new NodeSettings.Sessions(
            in.number("sockets", 1, MOST),
            in.number("unauthenticated", 1, MOST),
            in.number("unauthenticated-per-address", 1, MOST),
            in.time("hello"),
            in.time("ping"),
            in.time("silence"),
            in.time("no-progress"),
            in.bytes("frame", 1024),
            in.bytes("body", 1),
            in.number("sends-per-second", 1, MOST),
            in.number("send-burst", 1, MOST),
            in.number("account-sends-per-second", 1, MOST),
            in.number("account-send-burst", 1, MOST),
            in.number("open-rooms", 1, 100_000),
            in.bytes("outbound", 65_536),
            in.time("idle-after"),
            in.time("grace"),
            in.number("unhandled-frames", 2, 1000),
            in.number("unanswered-posts", 1, 100_000),
            in.number("concurrent-reads", 1, 1000),
            in.number("unconfirmed-reads", 1, 100_000),
            in.number("typing-per-second", 1, MOST),
            in.number("typing-burst", 1, MOST));
    longer(in, "silence", sessions.silence(), "ping", sessions.ping());
    if (sessions.frameBytes() <= sessions.bodyBytes()) {
      throw in.wrong("frame", "must be larger than body");
    }
    // far below Outbox.MOST_UNWRITTEN, beyond which a socket fails
    if (sessions.outboundBytes() > 32 << 20) throw in.wrong("outbound", "must be at most 32 MiB");
    // opening counts, too: a client that resumes all its rooms at once must not be throttled
    if (sessions.sendBurst() <= sessions.openRooms()) {
      throw in.wrong("send-burst", "must be more than open-rooms");
    }
    return sessions;
  }

  private static void longer(
      Section in, String key, Duration value, String otherKey, Duration other) {
    if (value.compareTo(other) <= 0) throw in.wrong(key, "must be longer than " + otherKey);
  }

  private static String firstLine(ConfigException fault) {
    return String.valueOf(fault.getMessage())
        .lines()
        .findFirst()
        .orElse("cluster.conf is not valid");
  }
}
