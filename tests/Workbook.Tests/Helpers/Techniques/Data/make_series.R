# Makes smoothing.json and series.json, which SmoothingTests and WindowForecasterTests compare with:
# Rscript make_series.R (R 4.2, package MASS).
#
# Smoothing: what HoltWinters says at given constants (squares, fitted values, forecasts), what it finds by itself, and the constants
# of the least squares that it can be given: its own squares, minimised from several starts by L-BFGS-B to the last digits.
# Windows: an autoregression of Box-Cox powers with lm.fit, the power by optimize and its interval by uniroot on the likelihood.
library(MASS)
digits <- function(x) paste0("[", paste(ifelse(is.na(x), "null", formatC(as.numeric(x), digits = 15, width = 1, format = "g")), collapse = ","), "]")
number <- function(x) formatC(as.numeric(x), digits = 15, width = 1, format = "g")
quoted <- function(x) paste0("\"", x, "\"")
object <- function(...) { parts <- list(...); paste0("{", paste(quoted(names(parts)), unlist(parts), sep = ": ", collapse = ", "), "}") }
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write <- function(name, items) writeLines(c("{\"made_by\": \"make_series.R\",", " \"cases\": [", paste(items, collapse = ",\n"), "]}"), file.path(folder, name))

kinds <- list(
  simple = list(n = 1, call = function(x, p) HoltWinters(x, alpha = p[1], beta = FALSE, gamma = FALSE), own = function(x) HoltWinters(x, beta = FALSE, gamma = FALSE)),
  holt = list(n = 2, call = function(x, p) HoltWinters(x, alpha = p[1], beta = p[2], gamma = FALSE), own = function(x) HoltWinters(x, gamma = FALSE)),
  additive = list(n = 3, call = function(x, p) HoltWinters(x, alpha = p[1], beta = p[2], gamma = p[3]), own = function(x) HoltWinters(x)),
  multiplicative = list(n = 3, call = function(x, p) HoltWinters(x, alpha = p[1], beta = p[2], gamma = p[3], seasonal = "mult"), own = function(x) HoltWinters(x, seasonal = "mult")))
at <- c(0.3, 0.2, 0.4)

smooth <- function(name, x, kind) {
  k <- kinds[[kind]]
  given <- k$call(x, at[1:k$n])
  own <- k$own(x)
  squares <- function(p) k$call(x, p)$SSE
  best <- NULL
  for (start in list(c(.1, .1, .1), c(.5, .5, .5), c(.9, .1, .9), c(.3, .05, .6), c(own$alpha, if (k$n > 1) own$beta, if (k$n > 2) own$gamma))) {
    o <- optim(start[1:k$n], squares, method = "L-BFGS-B", lower = c(1e-8, 0, 0)[1:k$n], upper = 1, control = list(factr = 10, pgtol = 0, maxit = 1000))
    if (is.null(best) || o$value < best$value) best <- o
  }
  cat(name, kind, "R's own", c(own$alpha, own$beta, own$gamma)[1:k$n], own$SSE, " least", best$par, best$value, "\n")
  paste0("  ", object(name = quoted(name), kind = quoted(kind), period = number(frequency(x)), series = digits(x), at = digits(at[1:k$n]),
    squares = number(given$SSE), fitted = digits(given$fitted[, 1]), forecast = digits(predict(given, 14)), own = digits(c(own$alpha, if (k$n > 1) own$beta, if (k$n > 2) own$gamma)),
    own_squares = number(own$SSE), least = digits(best$par), least_squares = number(best$value)))
}
write("smoothing.json", c(smooth("Nile", Nile, "simple"), smooth("Nile", Nile, "holt"), smooth("LakeHuron", LakeHuron, "simple"),
  smooth("uspop", uspop, "holt"), smooth("AirPassengers", AirPassengers, "simple"), smooth("AirPassengers", AirPassengers, "holt"),
  smooth("AirPassengers", AirPassengers, "additive"), smooth("AirPassengers", AirPassengers, "multiplicative"),
  smooth("UKgas", UKgas, "additive"), smooth("UKgas", UKgas, "multiplicative"), smooth("nottem", nottem, "additive"),
  smooth("sunspots of 110 years, odd period", ts(sunspot.year[1:110], frequency = 11), "additive")))

box <- function(x, l) if (abs(l) < 1e-9) log(x) else (x^l - 1) / l
unbox <- function(z, l) if (abs(l) < 1e-9) exp(z) else pmax(l * z + 1, 0)^(1 / l)
design <- function(z, lags) { m <- max(lags); n <- length(z); cbind(1, sapply(lags, function(k) z[(m - k + 1):(n - k)])) }
fit <- function(u, lags, l) {
  z <- box(u, l); m <- max(lags); A <- design(z, lags); t <- z[-(1:m)]
  f <- lm.fit(A, t); s2 <- mean(f$residuals^2)
  list(nll = .5 * log(2 * pi * s2) + .5 - (l - 1) * mean(log(u[-(1:m)])), w = f$coefficients, s = sqrt(s2))
}
scores <- function(u, shift, lags, l, test) {
  f <- fit(u[1:(length(u) - test)], lags, l)
  z <- box(u, l); A <- tail(design(z, lags), test); t <- tail(z, test); v <- tail(u, test)
  mu <- as.vector(A %*% f$w); back <- if (l == 1) function(z) z + 1 else function(z) unbox(z, l)
  q <- qnorm(.95); low <- back(mu - q * f$s); high <- back(mu + q * f$s)
  object(lambda = number(l), weights = digits(f$w), sigma = number(f$s), train = number(f$nll),
    nll = number(mean(.5 * log(2 * pi * f$s^2) + (t - mu)^2 / (2 * f$s^2) - (l - 1) * log(v))), mae = number(mean(abs(back(mu) - v))),
    rmse = number(sqrt(mean((back(mu) - v)^2))), covered = number(sum(v >= low & v <= high)), negative = number(sum(low - shift < 0)),
    width = number(mean(high - low)), median = digits(back(mu) - shift), lower = digits(low - shift), upper = digits(high - shift))
}
window <- function(name, x, lags, shift, test) {
  x <- as.numeric(x); u <- x + shift; train <- u[1:(length(u) - test)]; n <- length(train) - max(lags)
  best <- optimize(function(l) fit(train, lags, l)$nll, c(-2, 3), tol = 1e-12)
  over <- function(l) fit(train, lags, l)$nll - best$objective - qchisq(.95, 1) / 2 / n
  low <- uniroot(over, c(-2, best$minimum), tol = 1e-12)$root; high <- uniroot(over, c(best$minimum, 4), tol = 1e-12)$root
  all <- optimize(function(l) fit(u, lags, l)$nll, c(-2, 3), tol = 1e-12)
  # The power on the inputs only, by the squares of the raw target.
  inputs <- function(p) { f <- lm.fit(design(train^p, lags), train[-(1:max(lags))]); list(mse = mean(f$residuals^2), w = f$coefficients) }
  power <- optimize(function(p) inputs(p)$mse, c(.02, 3), tol = 1e-12)
  guess <- as.vector(tail(design(u^power$minimum, lags), test) %*% inputs(power$minimum)$w); v <- tail(u, test)
  cat(name, lags, "lambda", best$minimum, "[", low, high, "] all", all$minimum, "power", power$minimum, "\n")
  paste0("  ", object(name = quoted(name), lags = digits(lags), shift = number(shift), test = number(test), series = digits(x),
    lambda = number(best$minimum), low = number(low), high = number(high), lambda_all = number(all$minimum),
    learned = scores(u, shift, lags, best$minimum, test), raw = scores(u, shift, lags, 1, test), log = scores(u, shift, lags, 0, test),
    power = number(power$minimum), power_mae = number(mean(abs(guess - v))), power_rmse = number(sqrt(mean((guess - v)^2)))))
}
air <- as.numeric(AirPassengers); t <- seq_along(air); month <- factor(rep(1:12, 12))
profile <- boxcox(lm(air ~ month + t + I(t^2), y = TRUE, qr = TRUE), lambda = seq(-.6, .3, 1e-5), plotit = FALSE, interp = FALSE)
inside <- profile$x[profile$y > max(profile$y) - qchisq(.95, 1) / 2]
regression <- paste0("  ", object(name = quoted("AirPassengers, month and trend"), lambda = number(profile$x[which.max(profile$y)]), low = number(min(inside)), high = number(max(inside))))
cat(regression, "\n")
write("series.json", c(window("lynx", lynx, c(1, 2, 3, 4, 9, 10, 11), 0, 34), window("lynx, two lags", lynx, c(1, 2), 0, 34),
  window("sunspots", sunspot.year, c(1, 2, 9), 1, 89), window("AirPassengers", AirPassengers, c(1, 12, 13), 0, 36), regression))
