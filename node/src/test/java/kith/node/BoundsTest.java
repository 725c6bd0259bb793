package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.config.SignInIntervals;
import org.junit.jupiter.api.Test;

/// Numbers have few places: a bound on memory, queues or users is a setting in `cluster.conf`, an
/// interval is in [Intervals] or a class beside it, the size of a page or message in [Portions].
class BoundsTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final List<Class<?>> PLACES =
      List.of(
          Intervals.class,
          ClusterIntervals.class,
          CourierIntervals.class,
          FileIntervals.class,
          SignInIntervals.class,
          Portions.class);
  private static final Pattern CONSTANT =
      Pattern.compile("\\bstatic final (?:int|long|double|Duration) ([A-Z][A-Z_0-9]*)\\b");
  private static final Pattern WRITTEN_INTERVAL =
      Pattern.compile("\\bDuration\\.of[A-Z]\\w*\\(\\s*[0-9][^)]*\\)");

  /// Parts of a format, a standard or the contract.
  private static final List<String> FORMATS =
      List.of(
          "AccountConversations.BEGINNING",
          "ArchiveFile.VERSION",
          "Authority.ID_BYTES",
          "AuthorityTable.LOCK",
          "Certificates.SERIAL_BITS",
          "Closing.POLICY",
          "Closing.SERVICE_RESTART",
          "Closing.TRY_AGAIN_LATER",
          "CopyConnection.LOCK",
          "CopyConnection.LOCK_CLASS",
          "DatabaseOptions.LATER",
          "DedupGeneration.AT",
          "DedupGeneration.LONGS",
          "DedupGeneration.POST_BYTES",
          "DedupGeneration.SEQ",
          "Emoji.LONGEST",
          "Emoji.VARIATION_SELECTOR_16",
          "Exif.INTEL",
          "Exif.MOTOROLA",
          "Exif.NAME",
          "Exif.ORIENTATION",
          "Exif.UPRIGHT",
          "Frames.BINARY",
          "Frames.CLOSE",
          "Frames.CONTINUATION",
          "Frames.FINAL",
          "Frames.LONGEST_CONTROL_PAYLOAD",
          "Frames.PING",
          "Frames.PONG",
          "Frames.TEXT",
          "HookRun.GONE",
          "Incoming.UNSAID",
          "Main.DEFECT",
          "Main.STUCK",
          "Main.TO_MEND",
          "NamedCborSerializer.IDENTIFIER",
          "NodeTable.KEY",
          "PushCarrier.TOO_MANY_REQUESTS",
          "PasswordRules.LEAST_CHARACTERS",
          "PasswordRules.LEAST_REST",
          "RoomFields.LONGEST_TOKEN",
          "Rooms.ID_LENGTH",
          "Scanner.CLEAN",
          "Scanner.INFECTED",
          "SealedGeneration.DISTANCE",
          "SealedGeneration.FIRST",
          "SealedGeneration.HEADER",
          "SealedGeneration.UNTIL",
          "SearchCursor.MICROS",
          "SegmentCodec.VERSION",
          "SystemdNotify.AF_UNIX",
          "SystemdNotify.LONGEST_PATH",
          "SystemdNotify.PATH_OFFSET",
          "SystemdNotify.SOCK_DGRAM_CLOEXEC",
          "TextUnits.FIRST_MARK",
          "TextUnits.LONG_VOWEL",
          "BearerSecret.BYTES",
          "BotTokens.LONGEST",
          "ClientRequests.SALT_BYTES",
          "RecoveryCodes.GROUP",
          "RecoveryCodes.LETTERS",
          "RecoveryCodes.NUMBER",
          "SignIns.VERIFIER_BYTES",
          "Totp.BASE32_BITS",
          "Totp.BASE32_MASK",
          "Totp.DIGITS",
          "Totp.MODULUS",
          "Totp.SECRET_BYTES",
          "Totp.STEP_SECONDS",
          "Totp.TOLERATED_STEPS",
          "GithubPayload.ABBREVIATED",
          "HookPosts.LONGEST_KEY",
          "ClusterId.BYTES",
          "Invitations.SECRET_BYTES",
          "Secret32.BYTES",
          "TokenKey.ID_BYTES",
          "TokenKeyTable.LOCK",
          "TokenSecret.ID_BYTES",
          "TokenSecret.NONCE_BYTES",
          "TokenSecret.TAG_BITS",
          "Tokens.LONGEST",
          "Utf8.HIGH_BITS",
          "EmailCarrier.REFUSED_FOR_EVER",
          "EmailTable.BASE",
          "EmailTable.DIGITS",
          "MailAddress.LONGEST_LOCAL_PART",
          "Smtp.ACCEPTED",
          "WebPush.GONE",
          "WebPush.NOT_FOUND",
          "WebPushCipher.AUTH_BYTES",
          "WebPushCipher.PUBLIC_KEY_BYTES",
          "WebPushCipher.RECORD_BYTES",
          "WebPushCipher.SALT_BYTES",
          "WebPushCipher.TAG_BITS",
          "WebhookSignature.SECRET_BYTES");

  /// Parts of an algorithm: another value changes speed or memory a little, and nothing else.
  private static final List<String> ALGORITHMS =
      List.of(
          "Accounts.TRIES",
          "AwakeClock.FADING",
          "DedupGeneration.FIRST_POSTS",
          "FanOutBatcher.LONGEST",
          "FanOutBatcher.NANOS_PER_LISTENER",
          "FanOutBatcher.SHORTEST",
          "FanOutBatcher.SMALL_AUDIENCE",
          "QueryFields.MOST_DIGITS",
          "RecentPosts.CANDIDATES",
          "RecentPosts.GENERATIONS",
          "RecentPosts.LATEST_GENERATIONS",
          "RecentPosts.LATEST_POSTS",
          "RetentionRules.HIGHEST",
          "RetentionRules.MOST_DAYS",
          "RetentionRules.SLACK_ENTRIES");

  /// The environment that the node accepts, and shares of a setting.
  private static final List<String> ENVIRONMENT =
      List.of(
          "AccountSettings.LEAST_SECRET",
          "Database.AGING_CONNECTIONS",
          "Database.CLUSTER_CONNECTIONS",
          "Database.JOURNAL_READERS",
          "Database.JOURNAL_WRITERS",
          "Database.OLDEST_MAJOR",
          "Database.PROJECTION_CONNECTIONS",
          "EmbeddedPostgres.FIRST_START_ATTEMPTS",
          "HttpSettings.MOST_PER_SECOND");

  /// Safeguards against defects and attacks that no setting should weaken.
  private static final List<String> SAFEGUARDS =
      List.of(
          "LocalSocket.MOST_CONNECTIONS",
          "LocalSocket.MOST_HEAD_BYTES",
          "LoginThrottle.MOST_KEYS",
          "Node.MOST_LEFT_BEHIND",
          "Outbox.MOST_UNWRITTEN",
          "PasscodeGuard.MOST_USERS",
          "PasswordGuard.MOST_CLIENTS",
          "Pem.MOST_BYTES",
          "WaitingRoom.MOST_CONNECTIONS",
          "WaitingRoom.MOST_REQUEST_BYTES");

  private static final Set<String> ELSEWHERE =
      Stream.of(FORMATS, ALGORITHMS, ENVIRONMENT, SAFEGUARDS)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, String> sourceByType = sources();

  @Test
  void aNewNumberIsASettingAnIntervalOrAPortion() {
    var found = new TreeSet<String>();
    sourceByType.forEach((type, source) -> {
      var constants = CONSTANT.matcher(source);
      while (constants.find()) if (!isPlace(type)) found.add(type + "." + constants.group(1));
    });

    var isNew = new TreeSet<>(found);
    isNew.removeAll(ELSEWHERE);
    var isGone = new TreeSet<>(ELSEWHERE);
    isGone.removeAll(found);
    assertThat(isNew).as("belong in cluster.conf, Intervals or Portions").isEmpty();
    assertThat(isGone).as("can be removed from this test").isEmpty();
  }

  @Test
  void noIntervalIsWrittenWhereItIsUsed() {
    var found = new ArrayList<String>();
    sourceByType.forEach((type, source) -> {
      var intervals = WRITTEN_INTERVAL.matcher(source);
      while (intervals.find()) if (!isPlace(type)) found.add(type + ": " + intervals.group());
    });

    assertThat(found).isEmpty();
  }

  @Test
  void everyIntervalAndPortionIsUsed() {
    for (var place : PLACES) {
      var name = place.getSimpleName();
      var use = Pattern.compile("\\b" + name + "\\.(\\w+)");
      var used =
          sourceByType.entrySet().stream()
              .filter(it -> !it.getKey().equals(name))
              .flatMap(it -> use.matcher(it.getValue()).results())
              .map(it -> it.group(1))
              .collect(Collectors.toSet());
      assertThat(used).containsAll(Stream.of(place.getFields()).map(Field::getName).toList());
    }
  }

  private static boolean isPlace(String type) {
    return PLACES.stream().anyMatch(place -> place.getSimpleName().equals(type));
  }

  private static Map<String, String> sources() {
    try (var files = Files.walk(MAIN)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""), BoundsTest::read));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
