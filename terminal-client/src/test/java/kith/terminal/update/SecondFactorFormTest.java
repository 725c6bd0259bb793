package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import kith.protocol.Code;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Size;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The log-in form of a user whose account has a second factor.
class SecondFactorFormTest {
  private final List<Request> requests = new ArrayList<>();

  private Model model =
      Model.start(new Size(80, 24), ClientConf.shipped(), ZoneOffset.UTC)
          .loggingIn(Form.of("http://127.0.0.1:1").switched());

  private void happens(Input... inputs) {
    for (var input : inputs) {
      var step = Update.update(model, input, new Moment(Story.noon(), "id"));
      model = step.model();
      requests.addAll(step.requests());
    }
  }

  private Form form() {
    return model.form().orElseThrow();
  }

  private void entersThePassword() {
    happens(
        new Input.Typed("ann"),
        new Input.Key("Enter"),
        new Input.Typed("correct horse"),
        new Input.Key("Enter"),
        refused(Code.SECOND_FACTOR_REQUIRED));
  }

  private static Input refused(Code code) {
    return new Input.NotLoggedIn(code.wire(), code.sentence());
  }

  @Test
  void theSecondStepAsksForTheCodeOnly() {
    entersThePassword();

    assertThat(form().shown()).extracting(Form.Field::text).containsExactly("ann", "");
    happens(new Input.Typed("287082"), new Input.Key("Enter"));

    assertThat(requests).contains(new Request.SecondFactor("287082"));
    assertThat(form().isBusy()).isTrue();
  }

  @Test
  void aWrongCodeIsAskedForAgain() {
    entersThePassword();
    happens(new Input.Typed("000000"), new Input.Key("Enter"), refused(Code.WRONG_CODE));

    assertThat(form().fields().get(Form.CODE))
        .isEqualTo(new Form.Field("Code", "", false, Code.WRONG_CODE.sentence()));
  }

  @Test
  void anEmptyCodeIsNotSent() {
    entersThePassword();
    happens(new Input.Key("Enter"));

    assertThat(requests).noneMatch(Request.SecondFactor.class::isInstance);
  }

  @Test
  void aLogInThatTookTooLongBeginsAgainWithTheSameUserAndServer() {
    entersThePassword();
    happens(new Input.Typed("287082"), new Input.Key("Enter"), refused(Code.TICKET_EXPIRED));

    assertThat(form().kind()).isEqualTo(Form.Kind.LOG_IN);
    assertThat(form().shown())
        .extracting(Form.Field::text)
        .containsExactly("http://127.0.0.1:1", "ann", "");
  }
}
