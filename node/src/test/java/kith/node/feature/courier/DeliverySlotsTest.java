package kith.node.feature.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliverySlotsTest {
  private final DeliverySlots slots = new DeliverySlots(3, 2);
  private final List<String> begun = new ArrayList<>();

  private void begins(String name, String host) {
    begins(name, host, new CompletableFuture<>());
  }

  private void begins(String name, String host, CompletableFuture<Void> work) {
    var _ =
        slots.with(
            host,
            () -> {
              begun.add(name);
              return work;
            });
  }

  @Test
  void oneHostCannotTakeAllSlots() {
    var first = new CompletableFuture<Void>();
    begins("a1", "a", first);
    begins("a2", "a");
    begins("a3", "a");
    begins("b1", "b");
    begins("c1", "c");

    assertThat(begun).containsExactly("a1", "a2", "b1");
    assertThat(slots.waiting()).isEqualTo(2);
    first.complete(null);
    assertThat(begun).containsExactly("a1", "a2", "b1", "a3");
  }

  @Test
  void aFailedRequestFreesItsSlot() {
    var first = new CompletableFuture<Void>();
    begins("a1", "a", first);
    begins("a2", "a");
    begins("b1", "b");
    begins("b2", "b");

    first.completeExceptionally(new IllegalStateException("broken"));

    assertThat(begun).containsExactly("a1", "a2", "b1", "b2");
    assertThat(slots.taken()).isEqualTo(3);
    assertThat(slots.waiting()).isZero();
  }

  /// The circuit of a host opens while thousands of couriers wait for it.
  @Test
  void thousandsOfRequestsThatEndAtOnceKeepNoSlot() {
    var first = new CompletableFuture<Void>();
    var second = new CompletableFuture<Void>();
    begins("a1", "a", first);
    begins("a2", "a", second);
    var others = IntStream.range(0, 20_000).mapToObj(_ -> endsAtOnce("a")).toList();

    first.complete(null);
    second.complete(null);

    assertThat(others).allMatch(CompletableFuture::isDone);
    assertThat(slots.taken()).isZero();
    assertThat(slots.waiting()).isZero();
  }

  private CompletableFuture<Void> endsAtOnce(String host) {
    return slots
        .<Void>with(host, () -> CompletableFuture.completedFuture(null))
        .toCompletableFuture();
  }
}
