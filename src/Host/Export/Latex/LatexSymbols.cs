using Workbook.Host.Wording;

namespace Workbook.Host.Export.Latex;

/// <summary>The commands that stand for one character or one word.</summary>
static class LatexSymbols
{
    /// <summary>Letters and other ordinary symbols: set as identifiers.</summary>
    public static readonly Dictionary<string, string> Identifiers = Pairs("""
        alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ  vartheta ϑ  iota ι  kappa κ  lambda λ
        mu μ  nu ν  xi ξ  pi π  rho ρ  varrho ϱ  sigma σ  varsigma ς  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ  omega ω
        Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω
        infty ∞  partial ∂  nabla ∇  ell ℓ  hbar ℏ  emptyset ∅  varnothing ∅  Re ℜ  Im ℑ  top ⊤  bot ⊥  prime ′  star ⋆
        ldots …  dots …  cdots ⋯  vdots ⋮  ddots ⋱
        """);

    /// <summary>Relations and binary operators.</summary>
    public static readonly Dictionary<string, string> Operators = Pairs("""
        cdot ⋅  times ×  div ÷  pm ±  mp ∓  ast ∗  circ ∘  bullet ∙  odot ⊙  oplus ⊕  otimes ⊗  setminus ∖  cup ∪  cap ∩  wedge ∧  vee ∨
        le ≤  leq ≤  leqslant ⩽  ge ≥  geq ≥  geqslant ⩾  ll ≪  gg ≫  ne ≠  neq ≠  equiv ≡  approx ≈  sim ∼  simeq ≃  cong ≅  propto ∝
        in ∈  notin ∉  ni ∋  subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  forall ∀  exists ∃  neg ¬  mid ∣  parallel ∥  perp ⊥  prec ≺  succ ≻
        to →  rightarrow →  leftarrow ←  gets ←  leftrightarrow ↔  Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  implies ⟹  iff ⟺  mapsto ↦
        longrightarrow ⟶  uparrow ↑  downarrow ↓  colon :
        """);

    /// <summary>Operators that grow in a displayed formula and take limits above and below.</summary>
    public static readonly Dictionary<string, string> Sums = Pairs("sum ∑  prod ∏  coprod ∐  bigcup ⋃  bigcap ⋂  bigoplus ⨁  bigotimes ⨂");

    /// <summary>Integrals: limits stand beside them.</summary>
    public static readonly Dictionary<string, string> Integrals = Pairs("int ∫  iint ∬  iiint ∭  oint ∮");

    /// <summary>Opening delimiters, as commands of their own and after <c>\left</c> and <c>\right</c>.</summary>
    public static readonly Dictionary<string, string> Openers = Pairs(
        "lvert |  lVert ‖  langle ⟨  lfloor ⌊  lceil ⌈  lbrace {  { {  lbrack [");

    /// <summary>Closing delimiters.</summary>
    public static readonly Dictionary<string, string> Closers = Pairs(
        "rvert |  rVert ‖  rangle ⟩  rfloor ⌋  rceil ⌉  rbrace }  } }  rbrack ]");

    /// <summary>Delimiters that open and close.</summary>
    public static readonly Dictionary<string, string> Fences = Pairs("vert |  Vert ‖  | ‖  backslash ∖");

    /// <summary>Marks above (or, for underline, below) their argument.</summary>
    public static readonly Dictionary<string, string> Accents = Pairs("""
        hat ^  widehat ^  tilde ~  widetilde ~  bar ¯  overline ¯  vec →  overrightarrow →  dot ˙  ddot ¨  check ˇ  breve ˘  underline _
        """);

    /// <summary>Spaces, in em.</summary>
    public static readonly Dictionary<string, string> Spaces = Pairs("""
        , 0.167  : 0.222  > 0.222  ; 0.278  ! -0.167  enspace 0.5  quad 1  qquad 2  thinspace 0.167
        """);

    /// <summary>Characters that have a meaning of their own without the backslash.</summary>
    public static readonly Dictionary<string, string> Escaped = Pairs("% %  $ $  # #  & &  _ _");

    /// <summary>Functions with upright names.</summary>
    public static readonly HashSet<string> Functions = [.. Words("""
        log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg dim ker deg hom
        """)];

    /// <summary>Functions with upright names that take limits below.</summary>
    public static readonly HashSet<string> LimitFunctions = [.. Words("lim limsup liminf max min sup inf det gcd Pr argmin argmax")];

    /// <summary>Alphabets: what <c>\mathbf{x}</c> and its kin do with a letter.</summary>
    public static readonly Dictionary<string, string> Alphabets = Pairs("""
        mathbf bold  boldsymbol bolditalic  bm bolditalic  mathbb double  mathcal script  mathrm upright  mathit italic  mathsf sans  mathtt mono
        """);

    /// <summary>Environments: the delimiters around their table, a dot where there is none.</summary>
    public static readonly Dictionary<string, string> Environments = Pairs("""
        matrix ..  pmatrix ()  bmatrix []  Bmatrix {}  vmatrix ||  Vmatrix ‖‖  smallmatrix ..  cases {.  array ..
        aligned ..  align ..  align* ..  split ..  gathered ..  equation ..  equation* ..  gather ..  gather* ..  multline ..  multline* ..  eqnarray ..  eqnarray* ..
        """);

    static Dictionary<string, string> Pairs(string text) => Words(text).Chunk(2).ToDictionary(p => p[0], p => p[1]);

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
