package kith.node.platform.objects;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.S3Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// The objects of one bucket of an S3. Every call has an end, so that a server that does not answer
/// keeps no thread for long; then it fails with `Unavailable`.
public final class ObjectStore implements AutoCloseable {
  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final Executor threads;

  /// @param threads bounded, with a bounded queue: each call blocks one
  public ObjectStore(S3Settings settings, Executor threads) {
    this(settings, threads, FileIntervals.OBJECT_SILENCE, FileIntervals.OBJECT_CALL);
  }

  /// The store for a caller that has less time.
  ///
  /// @param silence after which an attempt has failed
  /// @param most for a call with all its attempts
  public ObjectStore(S3Settings settings, Executor threads, Duration silence, Duration most) {
    this.bucket = settings.bucket();
    this.prefix = settings.prefix();
    this.threads = threads;
    var builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.hasPathStyle())
            // other stores than Amazon's keep the framing of a checksum as content
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(it -> it.chunkedEncodingEnabled(false))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(FileIntervals.OBJECT_CONNECT)
                    .socketTimeout(silence))
            .overrideConfiguration(it -> it.apiCallTimeout(most).apiCallAttemptTimeout(silence));
    settings.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    this.client = builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings
        .keys()
        .<AwsCredentialsProvider>map(keys ->
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(keys.access(), keys.secret())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  public CompletionStage<Void> put(String key, byte[] bytes) {
    return call(() -> {
      client.putObject(it -> it.bucket(bucket).key(prefix + key), RequestBody.fromBytes(bytes));
      return null;
    });
  }

  /// Empty if there is no such object.
  public CompletionStage<Optional<byte[]>> get(String key) {
    return call(() -> {
      try {
        return Optional.of(
            client.getObjectAsBytes(it -> it.bucket(bucket).key(prefix + key)).asByteArrayUnsafe());
      } catch (NoSuchKeyException missing) {
        return Optional.empty();
      }
    });
  }

  /// The names of all objects that begin like this, in their order.
  public CompletionStage<List<String>> names(String beginning) {
    return call(() ->
        client
            .listObjectsV2Paginator(it -> it.bucket(bucket).prefix(prefix + beginning))
            .contents()
            .stream()
            .map(object -> object.key().substring(prefix.length()))
            .sorted()
            .toList());
  }

  /// The URL of an object.
  public String shown(String key) {
    return "s3://" + bucket + "/" + prefix + key;
  }

  /// Also succeeds if there is no such object.
  public CompletionStage<Void> delete(String key) {
    return call(() -> {
      client.deleteObject(it -> it.bucket(bucket).key(prefix + key));
      return null;
    });
  }

  private <T> CompletionStage<T> call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return work.get();
            } catch (SdkException fault) {
              throw new Unavailable("the object store", fault);
            }
          },
          threads);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(full);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
