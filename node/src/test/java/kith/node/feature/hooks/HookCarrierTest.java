package kith.node.feature.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import kith.node.auth.WrappedSecrets;
import kith.node.core.room.FakeRoomLog;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.Carrier.Changed;
import kith.node.feature.courier.Carrier.Delivered;
import kith.node.feature.courier.Carrier.Ended;
import kith.node.feature.courier.Carrier.Failed;
import kith.node.feature.courier.Carrier.Passed;
import kith.node.feature.courier.Carrier.Step;
import kith.node.feature.courier.Carrier.UpToDate;
import kith.node.feature.courier.CourierTable.Place;
import kith.node.feature.courier.Target;
import kith.node.feature.courier.TestRequests;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.Portions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The reads, questions, requests and writes of a step of a webhook's courier, counted and not
/// timed.
class HookCarrierTest {
  private static final String ROOM = "room";
  private static final BooleanSupplier NEVER = () -> false;

  private static final WrappedSecrets SECRETS =
      new WrappedSecrets(
          new AccountSettings.TokenKeys(Duration.ofDays(30), Optional.empty(), Optional.empty()),
          "a test");

  /// A clock that advances by the same time with each reading.
  private static final class Steps extends Clock {
    private final Duration step;
    private Instant now = Instant.EPOCH;

    Steps(Duration step) {
      this.step = step;
    }

    @Override
    public Instant instant() {
      now = now.plus(step);
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> received = new ArrayList<>();
  private final Set<InetSocketAddress> connections = new HashSet<>();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private Optional<Step> objection = Optional.empty();
  private int questions;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.createContext("/", this::accept);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized void accept(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    connections.add(exchange.getRemoteAddress());
    var status = answers.isEmpty() ? 204 : answers.remove();
    if (status == 204) received.add(exchange.getRequestHeaders().getFirst("webhook-id"));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized List<String> received() {
    return List.copyOf(received);
  }

  private synchronized int connections() {
    return connections.size();
  }

  private Target target(String... kinds) {
    return Target.create(
        "hook",
        HookCarrier.KIND,
        "ann",
        ROOM,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
        List.of(kinds),
        SECRETS.wrap("hook", new byte[32]),
        Instant.EPOCH,
        0);
  }

  private HookCarrier carrier(FakeRoomLog log, Clock clock) {
    return new HookCarrier(
        HookCarrier.KIND,
        log,
        new HookPlaces.OfRoom(),
        this::object,
        TestRequests.onLoopback(clock),
        SECRETS,
        clock);
  }

  private CompletionStage<Optional<Step>> object(Target target, Place place) {
    questions++;
    return CompletableFuture.completedFuture(objection);
  }

  private static FakeRoomLog log(int entries) {
    var log = new FakeRoomLog();
    log.saysUpTo(entries);
    return log;
  }

  private static Step step(Carrier carrier, Target target) {
    return carrier.step(target, NEVER).toCompletableFuture().join();
  }

  private static List<String> ids(long last) {
    return LongStream.rangeClosed(1, last).mapToObj(seq -> ROOM + "_" + seq).toList();
  }

  /// A courier writes one position for each step that delivers or passes.
  @Test
  void aBacklogCostsOneReadOneCheckOneConnectionAndOneWriteForEachPage() {
    var pages = 20;
    var entries = pages * Portions.DELIVERED_ENTRIES;
    var log = log(entries);
    var carrier = carrier(log, new Steps(Duration.ZERO));
    var target = target("message");
    var writes = 0;

    for (var step = step(carrier, target);
        !(step instanceof UpToDate);
        step = step(carrier, target)) {
      assertThat(step).isInstanceOf(Delivered.class);
      target = TestRequests.at(target, ((Delivered) step).to());
      writes++;
    }

    assertThat(received()).isEqualTo(ids(entries));
    assertThat(writes).isEqualTo(pages);
    assertThat(questions).isEqualTo(pages);
    assertThat(connections()).isEqualTo(pages);
    // and one that finds nothing
    assertThat(log.readsAfter()).hasSize(pages + 1);
  }

  @Test
  void aRefusedEntryEndsTheRunAndEarlierEntriesAreStored() {
    for (var i = 0; i < 3; i++) answers.add(204);
    answers.add(503);

    var step = step(carrier(log(10), new Steps(Duration.ZERO)), target("message"));

    assertThat(step)
        .isEqualTo(new Delivered(3, Optional.of(Failed.because("The receiver answered 503."))));
    assertThat(received()).isEqualTo(ids(3));
  }

  @Test
  void theFirstEntryThatIsRefusedIsAFailure() {
    answers.add(500);

    var step = step(carrier(log(10), new Steps(Duration.ZERO)), target("message"));

    assertThat(step).isEqualTo(Failed.because("The receiver answered 500."));
  }

  @Test
  void aRunEndsAfterItsTime() {
    // the clock is asked before each request, and for its signature
    var clock = new Steps(CourierIntervals.DELIVERY_RUN.dividedBy(8));

    var step = step(carrier(log(100), clock), target("message"));

    var to = ((Delivered) step).to();
    assertThat(to).isBetween(2L, 8L);
    assertThat(received()).isEqualTo(ids(to));
  }

  @Test
  void aChangeOfTheTargetEndsItsRun() {
    var carrier = carrier(log(10), new Steps(Duration.ZERO));

    var interrupted =
        carrier.step(target("message"), () -> received().size() >= 4).toCompletableFuture().join();
    var beforehand = carrier.step(target("message"), () -> true).toCompletableFuture().join();

    assertThat(interrupted).isEqualTo(new Delivered(4));
    assertThat(beforehand).isEqualTo(new Changed());
    assertThat(received()).hasSize(4);
  }

  @Test
  void entriesOfOtherKindsAreSkippedWithoutACheck() {
    var carrier = carrier(log(10), new Steps(Duration.ZERO));

    assertThat(step(carrier, target("joined"))).isEqualTo(new Passed(10));
    assertThat(questions).isZero();
  }

  @Test
  void aMakerWithoutTheRightReceivesNothing() {
    objection = Optional.of(new Ended("gone"));

    assertThat(step(carrier(log(10), new Steps(Duration.ZERO)), target("message")))
        .isEqualTo(new Ended("gone"));
    assertThat(received()).isEmpty();
  }
}
