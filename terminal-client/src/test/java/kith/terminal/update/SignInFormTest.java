package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.rest.SignIn.BegunSignIn;
import kith.protocol.rest.SignIn.OfferedProvider;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Offer;
import kith.terminal.model.Size;
import kith.terminal.view.Screen;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The first-run form of somebody who signs in with an identity provider.
class SignInFormTest {
  private static final String SERVER = "https://chat.example.org";
  private static final OfferedProvider COMPANY = new OfferedProvider("company", "Our Company");
  private static final String ADDRESS = "https://id.example.org/device?user_code=ABCD-EFGH";

  private final List<Request> requests = new ArrayList<>();
  private Instant now = Story.noon();

  private Model model =
      Model.start(new Size(80, 24), ClientConf.shipped(), ZoneOffset.UTC)
          .loggingIn(Form.of(SERVER));

  private void happens(Input... inputs) {
    for (var input : inputs) {
      var step = Update.update(model, input, new Moment(now, "id"));
      model = step.model();
      requests.addAll(step.requests());
    }
  }

  private void presses(String... chords) {
    for (var chord : chords) happens(new Input.Key(chord));
  }

  private Form form() {
    return model.form().orElseThrow();
  }

  private String screen() {
    return Screen.draw(model).toString();
  }

  private static Input.Offered offered(boolean hasPasswords) {
    return new Input.Offered(Offer.of(SERVER, hasPasswords, List.of(COMPANY)));
  }

  private static BegunSignIn begun() {
    return new BegunSignIn(
        "secret",
        "ABCD-EFGH",
        "https://id.example.org/device",
        Optional.of(ADDRESS),
        Story.noon().plusSeconds(600),
        5_000);
  }

  private static Input refused(Code code) {
    return new Input.SignInRefused("secret", code.wire(), code.sentence(), OptionalLong.empty());
  }

  private void waitsForApproval() {
    happens(offered(false));
    presses("Enter");
    happens(new Input.SignInBegun(COMPANY, begun()));
  }

  private void secondsPass(int seconds) {
    now = now.plusSeconds(seconds);
    happens(new Input.Tick());
  }

  private long questions() {
    return requests.stream().filter(Request.FinishSignIn.class::isInstance).count();
  }

  @Test
  void theProvidersOfTheServerAreBelowTheFields() {
    happens(offered(true));

    assertThat(screen()).contains("Kith: sign up", "Once more", "Sign in with Our Company");
    assertThat(form().focus()).isEqualTo(Form.USER);
    presses("ArrowDown", "ArrowDown", "ArrowDown", "Enter");
    assertThat(requests).contains(new Request.BeginSignIn(SERVER, COMPANY));
    assertThat(form().isBusy()).isTrue();
  }

  @Test
  void aServerWithoutPasswordsAsksForNone() {
    happens(offered(false));

    assertThat(screen()).doesNotContain("Password").contains("Sign in with Our Company");
    presses("Enter");
    assertThat(requests).contains(new Request.BeginSignIn(SERVER, COMPANY));
  }

  @Test
  void anotherServerIsAskedOnceItsAddressIsTyped() {
    happens(offered(false));
    presses("ArrowUp");
    happens(new Input.Typed("/2"));
    assertThat(requests).noneMatch(Request.FindProviders.class::isInstance);

    presses("ArrowDown");

    assertThat(requests).contains(new Request.FindProviders(SERVER + "/2"));
    happens(new Input.Offered(Offer.of(SERVER, true, List.of())));
    assertThat(form().kind()).isEqualTo(Form.Kind.PROVIDERS);
    happens(new Input.Offered(Offer.of(SERVER + "/2", true, List.of())));
    assertThat(form().kind()).isEqualTo(Form.Kind.SIGN_UP);
    assertThat(screen()).doesNotContain("Our Company");
  }

  @Test
  void theAddressTheCodeAndAQrCodeAreShown() {
    waitsForApproval();

    assertThat(screen())
        .contains("Our Company", "Open this address", "ABCD-EFGH", "Waiting", "█▀▀▀▀▀█");
    presses("Enter");
    assertThat(requests).contains(new Request.OpenLink(ADDRESS));
  }

  @Test
  void aWindowTooSmallForTheQrCodeShowsTheRest() {
    waitsForApproval();

    happens(new Input.Resized(new Size(60, 14)));

    assertThat(screen()).contains("user_code=ABCD-EFGH", "cancels").doesNotContain("▀▀▀");
  }

  @Test
  void aTallWindowShowsTheQrCodeBelowTheText() {
    waitsForApproval();

    happens(new Input.Resized(new Size(60, 40)));

    assertThat(screen()).contains("user_code=ABCD-EFGH", "█▀▀▀▀▀█");
  }

  @Test
  void theServerIsAskedOnceInItsInterval() {
    waitsForApproval();
    secondsPass(4);
    assertThat(questions()).isZero();

    secondsPass(1);
    secondsPass(20);
    assertThat(questions()).isEqualTo(1);

    happens(refused(Code.SIGN_IN_PENDING));
    secondsPass(4);
    assertThat(questions()).isEqualTo(1);
    secondsPass(1);
    assertThat(questions()).isEqualTo(2);
  }

  @Test
  void aSlowerServerIsAskedLessOften() {
    waitsForApproval();
    secondsPass(5);
    happens(
        new Input.SignInRefused(
            "secret", Code.SIGN_IN_PENDING.wire(), "Not yet.", OptionalLong.of(10_000)));

    secondsPass(9);
    assertThat(questions()).isEqualTo(1);
    secondsPass(1);
    assertThat(questions()).isEqualTo(2);
  }

  @Test
  void aProviderThatDoesNotAnswerIsNamedAndAskedAgain() {
    waitsForApproval();
    secondsPass(5);
    happens(refused(Code.PROVIDER_UNAVAILABLE));

    assertThat(screen()).contains("The identity provider does not answer");
    secondsPass(5);
    assertThat(questions()).isEqualTo(2);
  }

  @Test
  void escapeCancelsWithoutQuitting() {
    waitsForApproval();
    presses("Escape");

    assertThat(requests).contains(new Request.CancelSignIn());
    assertThat(model.isOver()).isFalse();
    assertThat(form().kind()).isEqualTo(Form.Kind.PROVIDERS);
    secondsPass(60);
    happens(refused(Code.SIGN_IN_PENDING));
    assertThat(questions()).isZero();
    assertThat(form().kind()).isEqualTo(Form.Kind.PROVIDERS);
  }

  @Test
  void aRefusedOrExpiredSignInIsReportedAndCanBeginAgain() {
    for (var code : List.of(Code.SIGN_IN_REFUSED, Code.TICKET_EXPIRED, Code.SIGN_UP_CLOSED)) {
      waitsForApproval();
      secondsPass(5);
      happens(refused(code));

      assertThat(screen()).contains(code.sentence());
    }
    presses("Enter");
    assertThat(form().isBusy()).isTrue();
  }

  @Test
  void aNewAccountWithoutANameIsAskedForOne() {
    waitsForApproval();
    secondsPass(5);
    happens(refused(Code.NAME_NEEDED));
    assertThat(screen()).contains("a user name for your new account");

    happens(new Input.Typed("bob"));
    presses("Enter");
    assertThat(requests).contains(new Request.FinishSignIn("secret", Optional.of("bob")));
    happens(refused(Code.USER_NAME_TAKEN));
    assertThat(screen()).contains("bob", Code.USER_NAME_TAKEN.sentence());

    happens(new Input.Typed("by"));
    presses("Enter");
    assertThat(requests).contains(new Request.FinishSignIn("secret", Optional.of("bobby")));
    presses("Escape");
    assertThat(form().kind()).isEqualTo(Form.Kind.PROVIDERS);
  }

  @Test
  void aBrowserThatCannotBeOpenedDoesNotEndTheSignIn() {
    waitsForApproval();
    presses("Enter");
    happens(new Input.NotLoggedIn("unreachable", "xdg-open is not installed."));

    assertThat(screen()).contains("xdg-open is not installed.", "ABCD-EFGH");
  }

  @Test
  void onlyAWebAddressIsOpened() {
    happens(offered(false));
    presses("Enter");
    happens(
        new Input.SignInBegun(
            COMPANY,
            new BegunSignIn("secret", "A", "/etc/passwd", Optional.empty(), Story.noon(), 5_000)));

    presses("Enter");

    assertThat(requests).noneMatch(Request.OpenLink.class::isInstance);
  }

  @Test
  void withoutPasswordsTheFormShowsTheProviders() {
    happens(
        offered(true),
        new Input.Typed("ann"),
        new Input.Key("ArrowDown"),
        new Input.Typed("long enough"));
    presses("ArrowDown");
    happens(new Input.Typed("long enough"));
    presses("Enter");

    happens(new Input.NotLoggedIn(Code.PASSWORDS_OFF.wire(), Code.PASSWORDS_OFF.sentence()));

    assertThat(form().provider()).contains(COMPANY);
    assertThat(screen()).contains(Code.PASSWORDS_OFF.sentence());
  }
}
