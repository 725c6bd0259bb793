package kith.node.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.SignInIntervals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of tokens in the database, read again every few seconds on a thread of its own. A new
/// key signs only after all nodes have read it.
public final class TokenKeyring implements Keyring, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TokenKeyring.class);

  /// A key as operators see it.
  ///
  /// @param ends when its tokens stop being valid, if it was discarded
  public record Shown(String key, Instant created, Instant signsFrom, Optional<Instant> ends) {}

  private final Supplier<TokenKeys> source;
  private final RotatesKeys rotation;
  private final LongSupplier nanoClock;
  private final ScheduledExecutorService reader;
  private volatile TokenKeys known;
  private CompletableFuture<TokenKeys> lastRead;
  private long lastReadAt;
  private String lastFault = "";

  /// Makes a new key.
  interface RotatesKeys {
    TokenKeys rotate(boolean discard);
  }

  private TokenKeyring(
      TokenKeys known,
      Supplier<TokenKeys> source,
      RotatesKeys rotation,
      LongSupplier nanoClock,
      ScheduledExecutorService reader) {
    this.known = known;
    this.source = source;
    this.rotation = rotation;
    this.nanoClock = nanoClock;
    this.reader = reader;
    this.lastRead = CompletableFuture.completedFuture(known);
    this.lastReadAt = nanoClock.getAsLong() - SignInIntervals.TOKEN_KEY_UNKNOWN.toNanos();
  }

  /// Throws a `StartFailure` if the keys cannot be decrypted.
  ///
  /// @param cluster the id of the cluster
  public static TokenKeyring start(DataSource database, String cluster, AccountSettings settings) {
    var table = new TokenKeyTable(database, cluster, settings);
    var keyring = of(table.start(), table::load, table::rotate, System::nanoTime);
    var seconds = SignInIntervals.TOKEN_KEY_CHECK.toSeconds();
    var _ =
        keyring.reader.scheduleWithFixedDelay(keyring::read, seconds, seconds, TimeUnit.SECONDS);
    return keyring;
  }

  static TokenKeyring of(
      TokenKeys known, Supplier<TokenKeys> source, RotatesKeys rotation, LongSupplier nanoClock) {
    var reader =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("token-keys").factory());
    return new TokenKeyring(known, source, rotation, nanoClock, reader);
  }

  @Override
  public TokenKeys known() {
    return known;
  }

  /// Anybody can send tokens of keys that do not exist, so there is at most one read per second.
  @Override
  public synchronized CompletionStage<TokenKeys> latest() {
    var now = nanoClock.getAsLong();
    if (now - lastReadAt >= SignInIntervals.TOKEN_KEY_UNKNOWN.toNanos() && lastRead.isDone()) {
      lastReadAt = now;
      lastRead = CompletableFuture.supplyAsync(this::read, reader);
    }
    return lastRead;
  }

  /// Makes a new key and returns all keys, the newest first.
  ///
  /// @param discard also ends all other keys, within a minute
  public CompletionStage<List<Shown>> rotate(boolean discard) {
    return CompletableFuture.supplyAsync(
        () -> {
          known = rotation.rotate(discard);
          return known.all().stream()
              .map(key -> new Shown(key.id(), key.created(), key.signsFrom(), key.ends()))
              .toList();
        },
        reader);
  }

  /// Without the database the known keys stay in use.
  TokenKeys read() {
    try {
      var before = known;
      known = source.get();
      lastFault = "";
      for (var key : known.all())
        if (!before.contain(key.id()))
          log.info("token-keys=new key={} signs-from={}", key.id(), key.signsFrom());
    } catch (RuntimeException fault) {
      // repeating the same reason would fill the log
      if (!fault.toString().equals(lastFault))
        log.warn("token-keys=not-read reason=\"{}\"", fault.toString());
      lastFault = fault.toString();
    }
    return known;
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
