package kith.terminal.update;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.SignIn.BegunSignIn;
import kith.protocol.rest.SignIn.OfferedProvider;
import kith.terminal.keys.Action;
import kith.terminal.model.Form;
import kith.terminal.model.Offer;
import kith.terminal.model.PendingSignIn;
import kith.terminal.net.SignInState;
import kith.terminal.plain.SignInLines;

/// Signing in with an identity provider, in the form of the first start. The user approves it in a
/// browser; meanwhile a tick asks the server when the next question is due.
final class SignInActions {
  private SignInActions() {}

  /// Asks a server for its ways to sign in, once its address is typed.
  ///
  /// @param before the form before the key
  static void leftServer(StepBuilder step, Form before, Form now) {
    boolean isLeft = before.focus() == Form.SERVER && now.focus() != Form.SERVER;
    if (isLeft && now.isForOtherServer())
      step.request(new Request.FindProviders(now.text(Form.SERVER).strip()));
  }

  static void offered(StepBuilder step, Offer offer) {
    step.form =
        step.form.map(form ->
            form.text(Form.SERVER).strip().equals(offer.server()) && form.isForOtherServer()
                ? form.offering(offer)
                : form);
  }

  static Form begin(StepBuilder step, Form form, OfferedProvider provider) {
    step.request(new Request.BeginSignIn(form.offer().server(), provider));
    return form.busy(true);
  }

  /// The user may have left the form meanwhile.
  static void begun(StepBuilder step, OfferedProvider provider, BegunSignIn begun) {
    if (step.form.filter(Form::isBusy).isEmpty()) {
      step.request(new Request.CancelSignIn());
      return;
    }
    var pending = PendingSignIn.of(provider.name(), begun, step.moment.now());
    step.form = step.form.map(form -> form.waitingFor(pending));
  }

  static void tick(StepBuilder step) {
    step.form =
        step.form.map(form ->
            form.kind() == Form.Kind.APPROVAL
                ? form.signIn()
                    .filter(it -> it.isDue(step.moment.now()))
                    .map(it -> ask(step, form, it))
                    .orElse(form)
                : form);
  }

  private static Form ask(StepBuilder step, Form form, PendingSignIn pending) {
    step.request(new Request.FinishSignIn(pending.begun().signIn(), pending.user()));
    return form.waitingFor(pending.asked());
  }

  /// The server did not finish the sign-in, or did not answer.
  static void refused(
      StepBuilder step, String signIn, String code, String sentence, OptionalLong retryAfter) {
    step.form =
        step.form.map(form ->
            form.signIn()
                .filter(it -> it.is(signIn))
                .map(it -> refused(step, form, it, code, sentence, retryAfter))
                .orElse(form));
  }

  private static Form refused(
      StepBuilder step,
      Form form,
      PendingSignIn pending,
      String code,
      String sentence,
      OptionalLong retryAfter) {
    return switch (SignInState.after(code)) {
      case WAITING -> {
        var why = SignInState.isPending(code) ? "" : sentence;
        var wait = Duration.ofMillis(retryAfter.orElse(0));
        yield form.waitingFor(pending.askedAgain(step.moment.now(), wait, why));
      }
      case NAME_NEEDED -> {
        var asking = form.askingForName(pending, pending.user().orElse(""));
        yield pending.user().isEmpty() ? asking : asking.withError(0, sentence);
      }
      case OVER -> {
        step.request(new Request.CancelSignIn());
        yield form.withoutSignIn(sentence);
      }
    };
  }

  static Form submitName(StepBuilder step, Form form) {
    var name = form.text(0).strip();
    if (name.isEmpty()) return form.withError(0, "Enter a user name.");
    return form.signIn().map(it -> ask(step, form, it.named(name, step.moment.now()))).orElse(form);
  }

  /// Keys while the user approves the sign-in.
  static void act(StepBuilder step, Form form, PendingSignIn pending, Action action) {
    var address = SignInLines.address(pending.begun());
    switch (action) {
      case INTERRUPT -> ServerActions.leaveForm(step);
      case CANCEL -> cancel(step, form);
      case SEND, OPEN_LINK -> open(step, form, pending, address);
      case COPY, COPY_LINK -> {
        step.request(new Request.Copy(address));
        step.form = Optional.of(form.waitingFor(pending.withProblem("The address is copied.")));
      }
      default -> {}
    }
  }

  /// The provider's address comes from the server, so only a web address is opened.
  private static void open(StepBuilder step, Form form, PendingSignIn pending, String address) {
    if (address.startsWith("https://") || address.startsWith("http://"))
      step.request(new Request.OpenLink(address));
    else
      step.form =
          Optional.of(form.waitingFor(pending.withProblem("This is not the address of a page.")));
  }

  static void cancel(StepBuilder step, Form form) {
    step.request(new Request.CancelSignIn());
    step.form = Optional.of(form.withoutSignIn(""));
  }
}
