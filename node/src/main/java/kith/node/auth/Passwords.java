package kith.node.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.metrics.PasswordMetrics;
import org.mindrot.jbcrypt.BCrypt;

/// Slow hashing of passwords, on separate threads, so that many logins at once do not delay other
/// work.
public final class Passwords {

  /// The result of comparing a password with a hash.
  public enum Check {
    MATCHES,
    /// It matches, but the hash was made with another cost than the configured one.
    MATCHES_OUTDATED,
    DIFFERS
  }

  /// The purpose of a hash. No kind of work can use up the places of another.
  public enum Work {
    /// a password of an existing account
    ACCOUNT,
    /// a sign-up, or a log-in to an account that does not exist
    STRANGER,
    /// a room's passcode
    PASSCODE
  }

  private static final byte[] CONTEXT = "kith password 1".getBytes(StandardCharsets.US_ASCII);

  /// As long as what follows the salt in a hash of bcrypt.
  private static final String NO_DIGEST = ".".repeat(31);

  private final int cost;
  private final BiConsumer<Work, Runnable> executor;
  private final PasswordMetrics metrics;
  private final String nobodys;

  public Passwords(int cost, Executor executor, PasswordMetrics metrics) {
    this(cost, (_, task) -> executor.execute(task), metrics);
  }

  private Passwords(int cost, BiConsumer<Work, Runnable> executor, PasswordMetrics metrics) {
    this.cost = cost;
    this.executor = executor;
    this.metrics = metrics;
    this.nobodys = BCrypt.gensalt(cost) + NO_DIGEST;
  }

  public static Passwords create(AccountSettings settings, PasswordMetrics metrics) {
    var threads = Thread.ofPlatform().daemon().name("kith-bcrypt-", 0).factory();
    var executor =
        new ThreadPoolExecutor(
            settings.bcryptThreads(),
            settings.bcryptThreads(),
            1,
            TimeUnit.MINUTES,
            // bounded by the queue in front of it
            new LinkedBlockingQueue<>(),
            threads);
    executor.allowCoreThreadTimeOut(true);
    var queue = new HashQueue(settings.bcryptQueue(), executor);
    return new Passwords(settings.bcryptCost(), queue::execute, metrics);
  }

  /// Runs `work`, made of `hash` and `check`, off the caller's thread. The stage fails with a
  /// `RejectedExecutionException` when the queue of this kind of work is full.
  public <T> CompletionStage<T> run(Work kind, Supplier<T> work) {
    metrics.waits();
    try {
      return CompletableFuture.supplyAsync(
          () -> measured(work), task -> executor.accept(kind, task));
    } catch (RejectedExecutionException full) {
      metrics.waitsNoMore();
      return CompletableFuture.failedFuture(full);
    }
  }

  private <T> T measured(Supplier<T> work) {
    metrics.waitsNoMore();
    var began = System.nanoTime();
    try {
      return work.get();
    } finally {
      metrics.hashed(began);
    }
  }

  /// Slow: call it inside `run`.
  public String hash(Secret password) {
    return BCrypt.hashpw(digest(password), BCrypt.gensalt(cost));
  }

  /// Slow: call it inside `run`.
  public Check check(Secret password, String hash) {
    if (!BCrypt.checkpw(digest(password), hash)) return Check.DIFFERS;
    return hash.startsWith("$2a$%02d$".formatted(cost)) ? Check.MATCHES : Check.MATCHES_OUTDATED;
  }

  /// A hash that no password is known to have: checking against it takes as long as against a real
  /// one, so that the time of an answer does not reveal whether an account exists. No password was
  /// hashed for it, because that would delay the start of the node.
  public String nobodys() {
    return nobodys;
  }

  /// bcrypt reads only 72 bytes and stops at a zero byte, so it gets a digest of fixed length, in
  /// text. Keyed, so that plain SHA-256 hashes leaked elsewhere cannot be tried against ours.
  private static String digest(Secret password) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(CONTEXT, "HmacSHA256"));
      // the same password typed on another keyboard may be composed differently
      var text = Normalizer.normalize(password.text(), Normalizer.Form.NFC);
      return Base64.getEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException fault) {
      throw new IllegalStateException(fault);
    }
  }
}
