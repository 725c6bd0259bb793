package kith.node.feature.courier;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Bounds the requests that this node sends at a time, in total and to one host. The others wait in
/// order; a target has at most one request, so at most all targets wait.
final class DeliverySlots {
  private record Waiting(String host, CompletableFuture<Void> admitted) {}

  private final int most;
  private final int mostPerHost;
  private final Map<String, Integer> takenByHost = new HashMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /// Requests that have a slot, and whose work has not begun.
  private final Deque<Waiting> admitted = new ArrayDeque<>();

  private boolean isAdmitting;
  private int taken;

  DeliverySlots(int most, int mostPerHost) {
    this.most = most;
    this.mostPerHost = mostPerHost;
  }

  /// Runs `work` when the host has a slot, which is free again when the work is done.
  <T> CompletionStage<T> with(String host, Supplier<CompletionStage<T>> work) {
    return enter(host)
        .thenCompose(_ -> {
          try {
            return work.get().whenComplete((_, _) -> leave(host));
          } catch (RuntimeException | Error fault) {
            leave(host);
            throw fault;
          }
        });
  }

  synchronized int taken() {
    return taken;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  private CompletionStage<Void> enter(String host) {
    var admitted = new CompletableFuture<Void>();
    synchronized (this) {
      if (!isFree(host)) {
        waiting.add(new Waiting(host, admitted));
        return admitted;
      }
      take(host);
    }
    admitted.complete(null);
    return admitted;
  }

  private void leave(String host) {
    synchronized (this) {
      taken--;
      takenByHost.computeIfPresent(host, (_, count) -> count == 1 ? null : count - 1);
      for (var each : waiting)
        if (isFree(each.host())) {
          waiting.remove(each);
          take(each.host());
          admitted.add(each);
          break;
        }
      if (isAdmitting) return;
      isAdmitting = true;
    }
    admit();
  }

  /// Work that ends at once, such as that for a host whose circuit is open, releases its slot while
  /// this runs. A loop, because a call for each of thousands would overflow the stack.
  private void admit() {
    while (true) {
      Waiting next;
      synchronized (this) {
        next = admitted.poll();
        if (next == null) {
          isAdmitting = false;
          return;
        }
      }
      // outside the lock: it runs the work
      next.admitted().complete(null);
    }
  }

  private boolean isFree(String host) {
    return taken < most && takenByHost.getOrDefault(host, 0) < mostPerHost;
  }

  private void take(String host) {
    taken++;
    takenByHost.merge(host, 1, Integer::sum);
  }
}
