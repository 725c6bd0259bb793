package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.terminal.runtime.Arrivals.Arrival;
import kith.terminal.update.Input;
import org.junit.jupiter.api.Test;

/// The inputs of several servers, of which one sends without end.
class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals();

  private List<Arrival> all() throws InterruptedException {
    var all = new ArrayList<Arrival>();
    for (var next = arrivals.poll(0, TimeUnit.SECONDS);
        next != null;
        next = arrivals.poll(0, TimeUnit.SECONDS)) all.add(next);
    return all;
  }

  @Test
  void aServerThatSendsManyInputsDelaysOnlyItself() throws InterruptedException {
    var loud = arrivals.sender(0);
    var quiet = arrivals.sender(1);
    var flood =
        Thread.ofVirtual()
            .start(() -> {
              for (int sent = 0; sent < 10_000; sent++) loud.accept(new Input.Tick());
            });
    // until it is full
    while (flood.getState() == Thread.State.RUNNABLE) Thread.onSpinWait();

    quiet.accept(new Input.Learned("heard"));

    var first = all();
    assertThat(first).contains(new Arrival(1, new Input.Learned("heard")));
    while (flood.isAlive()) all();
    flood.join();
  }

  @Test
  void aClosedServerSendsNothingAndNoneOfItsThreadsWaits() throws InterruptedException {
    var sender = arrivals.sender(0);
    var flood =
        Thread.ofVirtual()
            .start(() -> {
              for (int sent = 0; sent < 4_000; sent++) sender.accept(new Input.Tick());
            });
    while (flood.getState() == Thread.State.RUNNABLE) Thread.onSpinWait();

    sender.close();
    flood.join();

    all();
    sender.accept(new Input.Tick());
    assertThat(all()).isEmpty();
  }

  @Test
  void inputsThatMayBeLostAreDroppedWhileTooManyWait() throws InterruptedException {
    var sender = arrivals.sender(Arrivals.TERMINAL);
    for (int sent = 0; sent < 10_000; sent++) sender.offer(new Input.Tick());

    assertThat(all().size()).isBetween(1, 9_999);
    sender.offer(new Input.Tick());
    assertThat(all()).hasSize(1);
  }
}
