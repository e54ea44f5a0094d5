"""The lines of Python behind each number and picture of the Noise tab, as the page shows them.

The page puts the settings of the moment in the place of «picture», «schedule», «k», «steps», «seed»
and «by», so that a text can be run as it stands.
"""

from playground.ui.i18n.text import t
from playground.ui.tabs.noise.messages import Recipe

_LEVEL = """import playground as pg

schedule = pg.schedules.get(«schedule»)
alpha, sigma = schedule.level(«k» / «steps»)  # «k» of «steps» steps"""

_PICTURE = """import torch
import playground as pg
from playground.library import ASSETS
from playground.spaces.images import encode, open_picture, to_pil

picture = open_picture(«picture»)
x0 = encode([picture], 512)[0]  # (3, 512, 512); black is -1, white is 1"""

_NOISED = (
    _PICTURE
    + """
alpha, sigma = pg.schedules.get(«schedule»).level(«k» / «steps»)
eps = torch.randn(x0.shape, generator=torch.Generator().manual_seed(«seed»))
x_t = alpha * x0 + sigma * eps"""
)

_IDEAL = """
from playground.bundled import bundled_pictures

data = bundled_pictures()  # (5, 3, 512, 512)«yours»
away = (x_t - alpha * data).square().flatten(1).double().sum(1)
likely = torch.softmax(-away / (2 * max(sigma, 1e-6) ** 2), 0).float()  # of each, given x_t
guess = (likely[:, None, None, None] * data).sum(0)
to_pil(guess).save("guess.png")"""

_MODEL = """import playground as pg
import torch
from playground.library import ASSETS, Library
from playground.sources import find
from playground.spaces.images import encode, open_picture, to_pil

model = find(«by», Library()).denoiser
x0 = encode([open_picture(«picture»)], model.shape[1], model.shape[0])
alpha, sigma = pg.schedules.get(«schedule»).level(«k» / «steps»)
x_t = alpha * x0 + sigma * torch.randn(model.shape, generator=torch.Generator().manual_seed(«seed»))
guess = model(x_t, torch.tensor([alpha]), torch.tensor([sigma]))[0]
to_pil(guess).save("guess.png")"""

RECIPES = {
    "x_t": Recipe(
        t("x_t, the noised picture"),
        t(
            "The picture times alpha, plus the noise times sigma. "
            "No loop: any timestep in one line."
        ),
        _NOISED + '\nto_pil(x_t).save("x_t.png")',
    ),
    "x0": Recipe(
        t("x0, the picture"),
        t("Your picture as numbers from −1 (black) to 1 (white), three for each pixel."),
        _PICTURE + '\nprint(x0.shape, x0.min(), x0.max())\nto_pil(x0).save("x0.png")',
    ),
    "alpha": Recipe(
        t("alpha, what is left of the picture"),
        t("How much of the picture is in x_t. The schedule says it for every timestep: 1 is all."),
        _LEVEL + '\nprint(f"alpha = {alpha:.3f}")',
    ),
    "sigma": Recipe(
        t("sigma, how much noise there is"),
        t(
            "The standard deviation of the noise in x_t. 0 is none; with alpha² + sigma² = 1 the "
            "spread stays the same."
        ),
        _LEVEL + '\nprint(f"sigma = {sigma:.3f}")',
    ),
    "eps": Recipe(
        t("eps, the noise"),
        t(
            "One number for every value of the picture, drawn from the bell curve N(0, 1). "
            "The seed decides which; a network learns to find it in x_t."
        ),
        "import torch\nfrom playground.spaces.images import to_pil\n\n"
        "generator = torch.Generator().manual_seed(«seed»)\n"
        "eps = torch.randn((3, 512, 512), generator=generator)\n"
        'print(f"mean {eps.mean():.3f}, standard deviation {eps.std():.3f}")\n'
        'to_pil(eps).save("eps.png")',
    ),
    "alpha_bar": Recipe(
        t("alpha_bar, the share of the picture's power"),
        t(
            "The square of alpha. DDPM's papers write x_t with its root, and 1 − alpha_bar for "
            "sigma²."
        ),
        _LEVEL + '\nalpha_bar = alpha**2\nprint(f"alpha_bar = {alpha_bar:.4f}")',
    ),
    "snr": Recipe(
        t("SNR, signal to noise"),
        t(
            "Power of the picture over power of the noise, alpha² / sigma²: 0 dB is as much of "
            "both. log-SNR is its natural logarithm, the one number a network needs to know."
        ),
        _LEVEL
        + "\nlog_snr = schedule.level(«k» / «steps»).log_snr  # ln(alpha² / sigma²)\n"
        + "decibel = log_snr * 10 / 2.302585  # 10 / ln(10)\n"
        + 'print(f"log-SNR = {log_snr:.2f}, SNR = {decibel:.1f} dB")',
    ),
    "guess_pictures": Recipe(
        t("The guess, by the ideal denoiser"),
        t("The mean of all pictures it knows, each weighted by how likely it is once x_t is seen."),
        _NOISED + "\n" + _IDEAL,
    ),
    "guess_model": Recipe(
        t("The guess, by a model"),
        t("One call: x_t and its level go in, the model's guess of x0 comes out."),
        _MODEL,
    ),
    "histogram": Recipe(
        t("The values of x_t, counted"),
        t(
            "At the left end the picture's own values; at the right end the bell curve N(0, 1), "
            "whatever the picture was."
        ),
        _NOISED
        + "\nr = max(1.0, (alpha**2 + sigma**2) ** 0.5)  # VE schedules grow; this scales back\n"
        + "share, edges = torch.histogram(x_t / r, bins=60, range=(-3, 3), density=True)\n"
        + "print(share)",
    ),
    "spectrum": Recipe(
        t("Power spectrum, from coarse to fine"),
        t(
            "Noise is equally strong everywhere, a picture is weak in its fine "
            "parts: these drown first, and come back last."
        ),
        _NOISED
        + "\nfrom playground.spaces.spectrum import band_power\n\n"
        + "power = band_power(x_t[None])  # at 1, 2, ... 256 cycles a picture\n"
        + "noise = sigma**2  # in every band\nprint(power.tolist())",
    ),
}
